/** Starts the pages' behaviour: buttons that post, lists that follow what happens, a filter. The server words everything. */

import { startButtons } from "./pages/buttons.js";
import { startFilter } from "./pages/filter.js";
import { startKeys } from "./pages/keys.js";
import { startWatch } from "./pages/watch.js";

startFilter();
startButtons();
startKeys();
startWatch();
