/** Small comforts. Every page works without this file; it only makes some things quicker. */
import { enhanceAccordions } from "./accordion";
import { enhanceAlerts } from "./alerts";
import { enhanceFilterPanels } from "./filter-panel";
import { enhanceMapButton } from "./map-button";
import { enhanceMenu } from "./menu";
import { enhanceNearMe } from "./near-me";
import { enhancePrintButtons } from "./print-button";

enhanceMenu();
enhanceAlerts();
enhanceAccordions();
enhanceFilterPanels();
enhanceNearMe();
enhanceMapButton();
enhancePrintButtons();
