/** Small comforts. Every page works without this file; it only makes some things quicker. */
import { enhanceAccordions } from "./accordion";
import { enhanceFilterPanels } from "./filter-panel";
import { enhanceMenu } from "./menu";

enhanceMenu();
enhanceAccordions();
enhanceFilterPanels();
