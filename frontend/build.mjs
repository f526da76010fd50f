/**
 * Builds what the public pages load into cms_blocks/static/torv_blocks/:
 * one stylesheet, one script, both once more for the map and for the map of the admin's form, one stylesheet of tokens per theme, the fonts they name, and an icon sprite.
 * Every name carries a hash of the content; manifest.json tells the templates which file is which.
 */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const frontend = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(frontend);
const out = path.join(root, "cms_blocks", "static", "torv_blocks");
const dkfds = path.join(root, "node_modules", "dkfds");
const browsers = ["chrome111", "edge111", "firefox113", "safari16.4"];

/** Lets esbuild read SCSS; asset addresses in it count from frontend/scss/. */
const scss = {
    name: "scss",
    setup(build) {
        build.onLoad({ filter: /\.scss$/ }, (args) => {
            const result = sass.compile(args.path, {
                loadPaths: [path.join(root, "node_modules")],
                quietDeps: true,
                charset: false,
                silenceDeprecations: ["if-function"],
            });
            return { contents: result.css, loader: "css", resolveDir: path.dirname(args.path) };
        });
    },
};

/** Bundles the entry points; returns entry name -> path below `out`. */
async function bundle(entryPoints) {
    const result = await esbuild.build({
        absWorkingDir: root,
        entryPoints,
        entryNames: "[name]-[hash]",
        assetNames: "fonts/[name]-[hash]",
        outdir: out,
        bundle: true,
        minify: true,
        metafile: true,
        format: "iife",
        target: browsers,
        loader: { ".woff2": "file", ".svg": "dataurl", ".png": "dataurl" },
        legalComments: "none",
        logLevel: "warning",
        plugins: [scss],
    });
    const named = Object.entries(result.metafile.outputs).filter(([, output]) => output.entryPoint);
    return Object.fromEntries(
        named.map(([file, output]) => [output.entryPoint, path.relative(out, path.join(root, file))]),
    );
}

function symbol(name, svg) {
    const viewBox = /viewBox="([^"]+)"/.exec(svg);
    const body = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg);
    if (!viewBox || !body) throw new Error(`The icon ${name} is not an SVG with a viewBox.`);
    return `<symbol id="${name}" viewBox="${viewBox[1]}">${body[1].trim()}</symbol>`;
}

/** Writes the sprite of the icons named in icons.json, our own or the design system's; returns its file name. */
async function sprite(names) {
    const own = (await readdir(path.join(frontend, "icons"))).map((file) => path.basename(file, ".svg"));
    const folder = (name) =>
        own.includes(name) ? path.join(frontend, "icons") : path.join(dkfds, "src", "img", "svg-icons");
    const symbols = await Promise.all(
        names.map(async (name) => symbol(name, await readFile(path.join(folder(name), `${name}.svg`), "utf8"))),
    );
    return writeHashed("icons", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

/** A small icon in the theme's colours for the browser's tab; returns its file name. */
async function favicon(theme) {
    const tokens = await readFile(path.join(frontend, "themes", `${theme}.css`), "utf8");
    const token = (name) => new RegExp(`--torv-${name}:\\s*(#[0-9a-f]+)`, "i").exec(tokens)?.[1] ?? "#24527a";
    const svg =
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">` +
        `<path fill="${token("primary")}" d="M0 0h16L0 16z"/><path fill="${token("accent")}" d="M16 0v16H0z"/></svg>\n`;
    return writeHashed(`${theme}-icon`, svg);
}

async function writeHashed(name, svg) {
    const hash = createHash("sha256").update(svg).digest("hex").slice(0, 8);
    await writeFile(path.join(out, `${name}-${hash}.svg`), svg);
    return `${name}-${hash}.svg`;
}

async function licences() {
    await copyFile(
        path.join(dkfds, "src", "fonts", "IBMPlexSans", "complete", "woff2", "license.txt"),
        path.join(out, "fonts", "OFL.txt"),
    );
    await copyFile(path.join(root, "node_modules", "leaflet", "LICENSE"), path.join(out, "LICENSE-leaflet.txt"));
    await copyFile(path.join(dkfds, "LICENSE.md"), path.join(out, "LICENSE-dkfds.md"));
}

function themeName(file) {
    return path.basename(file, ".css");
}

async function main() {
    const started = performance.now();
    await rm(out, { recursive: true, force: true });
    await mkdir(path.join(out, "fonts"), { recursive: true });
    const themeFiles = (await readdir(path.join(frontend, "themes"))).filter((name) => name.endsWith(".css")).sort();
    const icons = JSON.parse(await readFile(path.join(frontend, "icons.json"), "utf8"));

    const css = "frontend/scss/main.scss";
    const js = "frontend/ts/main.ts";
    const map = { css: "frontend/scss/map.css", js: "frontend/ts/map.ts" };
    const position = { css: "frontend/scss/position.css", js: "frontend/ts/position.ts" };
    const themes = themeFiles.map((name) => `frontend/themes/${name}`);
    const files = await bundle([css, js, map.css, map.js, position.css, position.js, ...themes]);
    const icon = async (file) => [themeName(file), await favicon(themeName(file))];
    const manifest = {
        css: files[css],
        js: files[js],
        map_css: files[map.css],
        map_js: files[map.js],
        position_css: files[position.css],
        position_js: files[position.js],
        icons: await sprite(icons),
        icon_names: icons,
        themes: Object.fromEntries(themes.map((file) => [themeName(file), files[file]])),
        favicons: Object.fromEntries(await Promise.all(themes.map(icon))),
    };
    await licences();
    // Last, so that a manifest is proof of a whole build.
    await writeFile(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    console.log(`Built ${path.relative(root, out)} in ${Math.round(performance.now() - started)} ms.`);
}

await main();
