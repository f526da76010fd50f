/** Small comforts. Every page works without this file; it only makes some things quicker. */
import { enhanceAccordions } from "./accordion";
import { enhanceAlerts } from "./alerts";
import { enhanceComboboxes } from "./combobox";
import { enhanceFilterPanels } from "./filter-panel";
import { enhanceMenu } from "./menu";
import { enhanceQuickExit } from "./quick-exit";

enhanceQuickExit();
enhanceMenu();
enhanceAlerts();
enhanceAccordions();
enhanceFilterPanels();
enhanceComboboxes();
