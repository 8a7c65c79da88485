/**
 * What two pages or more need, which is why it ships as one file. Every script that a browser loads by itself imports the whole of it:
 * pages, and what they import only when they need it. Each imports by name what it uses, from where that is written down.
 */

import "./lib/first-overview.js"; // first: the answer is on its way while the rest is read
import "./elements/account-line.js";
import "./elements/busy-button.js";
import "./elements/connection-steps.js";
import "./elements/person-avatar.js";
import "./elements/toast-region.js";
import "./lib/chosen-account.js";
import "./lib/dom.js";
import "./lib/error-view.js";
import "./lib/format.js";
import "./lib/icons.js";
import "./lib/overview.js";
import "./lib/save-file.js";
