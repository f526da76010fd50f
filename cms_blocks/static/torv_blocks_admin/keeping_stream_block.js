/* The form of a content field: kept blocks can be shown, moved and removed, but not added. */
(function () {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class KeepingStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groups, initialStates, meta) {
      super(name, groups, initialStates, meta);
      this.groupedChildBlockDefs = groups
        .map(([label, blocks]) => [label, blocks.filter((block) => block.name !== "torv_kept")])
        .filter(([, blocks]) => blocks.length > 0);
    }
  }

  window.telepath.register("torv_blocks.KeepingStreamBlock", KeepingStreamBlockDefinition);
})();
