//! Who sends requests: our pages, and the person at a place of the browser around them.

use crate::platform::Build;

/// Who sent a message, as the browser tells it.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// The address of the page; empty where it is none.
    pub url: String,
    /// Where in the browser around the pages the person did something; only the worker itself says so.
    pub around: Option<Page>,
}

/// Where a person asks for something: our pages, and our places in the browser around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The popup at the toolbar button.
    Popup,
    /// The side panel.
    Panel,
    /// The options page.
    Options,
    /// The popup's content as a whole page.
    Dashboard,
    /// The address bar, after the keyword.
    Omnibox,
    /// The menu of the right mouse button.
    Menu,
    /// A keyboard shortcut.
    Shortcut,
    /// A button of a notification.
    Notification,
}

impl Page {
    /// Every page, with where it is in the extension.
    pub const PAGES: [(Self, &'static str); 4] = [
        (Self::Popup, "www/popup/popup.html"),
        (Self::Panel, "www/panel/panel.html"),
        (Self::Options, "www/options/options.html"),
        (Self::Dashboard, "www/dashboard/dashboard.html"),
    ];

    /// The place around the pages that the worker calls so.
    pub fn around(name: &str) -> Option<Self> {
        Some(match name {
            "omnibox" => Self::Omnibox,
            "menu" => Self::Menu,
            "shortcut" => Self::Shortcut,
            "notification" => Self::Notification,
            _ => return None,
        })
    }
}

impl Sender {
    /// A page, by its address.
    pub fn of_page(url: String) -> Self {
        Self { url, around: None }
    }

    /// Where this is; `None` for everything that is not ours, which may use no command at all.
    pub fn page(&self, build: &Build) -> Option<Page> {
        let page = || {
            let path = self.url.strip_prefix(&build.page_root)?.split(['?', '#']).next()?;
            Page::PAGES.into_iter().find(|page| page.1 == path).map(|page| page.0)
        };
        self.around.or_else(page)
    }
}
