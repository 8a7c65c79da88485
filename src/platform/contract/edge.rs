//! The checks of what surrounds the worker.

/// The one alarm.
pub(super) mod alarm {
    use crate::platform::contract::{Check, Ground, done, same};
    use crate::platform::{Alarm, Clock, Platform};
    use std::time::Duration;

    pub(in super::super) async fn it_keeps_the_last_setting<P: Platform>(ground: &Ground<P>) -> Check {
        for minutes in [30, 10, 60] {
            let at = ground.here.clock().now().after(Duration::from_secs(minutes * 60));
            done("set", ground.here.alarm().set(Some(at)).await)?;
            same("the alarm", ground.there.alarm().get().await, Ok(Some(at)))?;
        }
        done("set", ground.here.alarm().set(None).await)
    }

    pub(in super::super) async fn none_clears_it<P: Platform>(ground: &Ground<P>) -> Check {
        let at = ground.here.clock().now().after(Duration::from_secs(3600));
        done("set", ground.here.alarm().set(Some(at)).await)?;
        for _ in 0..2 {
            done("clear", ground.here.alarm().set(None).await)?;
            same("the alarm", ground.there.alarm().get().await, Ok(None))?;
        }
        Ok(())
    }
}

/// Messages to pages.
pub(super) mod push {
    use crate::platform::contract::{Check, Ground, ensure};
    use crate::platform::{Platform, Push};

    pub(in super::super) async fn a_page_that_is_gone_is_no_error<P: Platform>(ground: &Ground<P>) -> Check {
        let gone = ground.here.push().ports().into_iter().max().unwrap_or(0) + 1;
        ground.here.push().post(gone, &serde_json::json!({"event": {"kind": "nobody hears"}}));
        ensure(!ground.here.push().ports().contains(&gone), "posting made a page")
    }
}

/// Consent.
pub(super) mod consent {
    use crate::platform::contract::{Check, Ground, done, ensure, same};
    use crate::platform::{Consent, ConsentError, Platform};

    async fn ends<P: Platform>(ground: &Ground<P>, path: &str, shown: bool, expected: ConsentError) -> Check {
        let end = ground.here.consent().launch(&format!("{}{path}", ground.server), shown).await;
        same(path, end.map(|_| "an address"), Err(expected))
    }

    pub(in super::super) async fn the_redirect_address_is_ours<P: Platform>(ground: &Ground<P>) -> Check {
        let root = ground.here.build().page_root;
        let id = root.trim_start_matches("chrome-extension://").trim_end_matches('/');
        same("the address", ground.here.consent().redirect_uri(), format!("https://{id}.chromiumapp.org/oauth"))
    }

    pub(in super::super) async fn the_whole_address_comes_back<P: Platform>(ground: &Ground<P>) -> Check {
        let back = format!("{}?code=a%20b&state=%C3%BC", ground.here.consent().redirect_uri());
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("to", &back).finish();
        for shown in [true, false] {
            let url = format!("{}/consent?{query}", ground.server);
            let came = done("launch", ground.here.consent().launch(&url, shown).await)?;
            let came = came.expose().split_once('?').unwrap_or_default();
            let pairs: Vec<_> = form_urlencoded::parse(came.1.as_bytes()).into_owned().collect();
            let expected = [("code", "a b"), ("state", "ü")].map(|(name, value)| (name.to_owned(), value.to_owned()));
            same("its parameters", pairs, expected.to_vec())?;
            ensure(came.0 == ground.here.consent().redirect_uri(), "it is not ours")?;
        }
        Ok(())
    }

    pub(in super::super) async fn a_silent_one_that_would_ask_says_so<P: Platform>(ground: &Ground<P>) -> Check {
        ends(ground, "/question", false, ConsentError::InteractionRequired).await
    }

    pub(in super::super) async fn a_page_that_fails_is_told<P: Platform>(ground: &Ground<P>) -> Check {
        ends(ground, "/status/500", true, ConsentError::PageFailed).await?;
        ends(ground, "/status/401", false, ConsentError::PageFailed).await?;
        ends(ground, "/broken", true, ConsentError::PageFailed).await
    }

    pub(in super::super) async fn a_closed_window_is_told<P: Platform>(ground: &Ground<P>) -> Check {
        ends(ground, "/closing", true, ConsentError::Closed).await
    }
}

/// Host permissions.
pub(super) mod permissions {
    use crate::platform::contract::{Check, Ground, same};
    use crate::platform::{Permissions, Platform};

    async fn granted<P: Platform>(ground: &Ground<P>, origins: &[&str], expected: bool) -> Check {
        let origins: Vec<_> = origins.iter().map(|origin| (*origin).to_owned()).collect();
        same("granted", ground.here.permissions().granted(&origins, &[]).await, Ok(expected))
    }

    pub(in super::super) async fn what_is_granted_is_told<P: Platform>(ground: &Ground<P>) -> Check {
        granted(ground, &[], true).await?;
        granted(ground, &["http://127.0.0.1/*"], true).await
    }

    pub(in super::super) async fn one_missing_host_is_enough_to_refuse<P: Platform>(ground: &Ground<P>) -> Check {
        granted(ground, &["https://jira.example.com/*"], false).await?;
        granted(ground, &["http://127.0.0.1/*", "https://jira.example.com/*"], false).await
    }

    pub(in super::super) async fn a_missing_permission_is_enough_to_refuse<P: Platform>(ground: &Ground<P>) -> Check {
        let origins = ["http://127.0.0.1/*".to_owned()];
        for (names, expected) in [(&["alarms"][..], true), (&["alarms", "declarativeNetRequestFeedback"], false)] {
            same("granted", ground.here.permissions().granted(&origins, names).await, Ok(expected))?;
        }
        Ok(())
    }
}

/// The toolbar button.
pub(super) mod badge {
    use crate::platform::contract::{Check, Ground, same};
    use crate::platform::{Badge, Platform};

    pub(in super::super) async fn it_shows_and_clears<P: Platform>(ground: &Ground<P>) -> Check {
        for (text, title, many) in [("1", "badge_one", 1), ("99+", "badge_many", 100), ("", "extension_name", 0)] {
            same("shown", ground.here.badge().show(text, title, many).await, Ok(()))?;
        }
        Ok(())
    }
}

/// Notifications.
pub(super) mod notify {
    use crate::platform::contract::{Check, Ground, same};
    use crate::platform::{Notify, Platform};

    pub(in super::super) async fn one_is_shown_replaced_and_taken_away<P: Platform>(ground: &Ground<P>) -> Check {
        for message in ["Sign in again.", "Sign in again, it has ended."] {
            same("shown", ground.here.notify().show("contract", "Chat for Jira", message).await, Ok(()))?;
        }
        for what in ["taken away", "taken away twice"] {
            same(what, ground.there.notify().clear("contract").await, Ok(()))?;
        }
        Ok(())
    }
}

/// The build.
pub(super) mod build {
    use crate::platform::Platform;
    use crate::platform::contract::{Check, Ground, ensure};

    pub(in super::super) async fn it_knows_itself<P: Platform>(ground: &Ground<P>) -> Check {
        let build = ground.here.build();
        ensure(build.version.split('.').all(|part| part.parse::<u32>().is_ok()), "the version is not one")?;
        ensure(build.page_root.starts_with("chrome-extension://"), "the page root has another scheme")?;
        ensure(build.page_root.ends_with('/'), "the page root does not end with a slash")?;
        ensure(build.loopback, "this build may use loopback and does not know it")
    }
}
