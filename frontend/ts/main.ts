/** Small comforts. Every page works without this file; it only makes some things quicker. */
import { enhanceAccordions } from "./accordion";
import { enhanceAlerts } from "./alerts";
import { enhanceComboboxes } from "./combobox";
import { enhanceFilterPanels } from "./filter-panel";
import { enhanceMapButton } from "./map-button";
import { enhanceMenu } from "./menu";
import { enhanceQuickExit } from "./quick-exit";
import { enhanceNearMe } from "./near-me";
import { enhancePrintButtons } from "./print-button";
import { enhanceTabs } from "./tabs";
import { enhanceVideos } from "./video";

enhanceQuickExit();
enhanceMenu();
enhanceAlerts();
enhanceAccordions();
enhanceFilterPanels();
enhanceComboboxes();
enhanceNearMe();
enhanceMapButton();
enhancePrintButtons();
enhanceTabs();
enhanceVideos();
