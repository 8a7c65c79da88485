//! The checks of what only some installations have.

/// The administrator's settings.
pub(super) mod policy {
    use crate::platform::contract::{Check, Ground, done, ensure};
    use crate::platform::{Platform, Policy};

    pub(in super::super) async fn it_is_an_object<P: Platform>(ground: &Ground<P>) -> Check {
        let policy = done("read", ground.here.policy().read().await)?;
        ensure(policy.as_object().is_some_and(serde_json::Map::is_empty), "without a policy there is something in it")
    }
}

/// Headers of our own requests.
pub(super) mod rules {
    use crate::platform::contract::{Check, Ground, done, ensure, same};
    use crate::platform::{Content, HeaderRule, Http, HttpRequest, Method, Platform, Rules};
    use crate::secret::Secret;
    use serde_json::Value;
    use std::time::Duration;

    /// The headers that a form arrives with.
    async fn arriving<P: Platform>(ground: &Ground<P>, path: &str) -> Result<Value, String> {
        let request = HttpRequest {
            method: Method::Post,
            url: format!("{}{path}", ground.server),
            headers: vec![("accept".to_owned(), Secret::new("application/json"))],
            body: Some(Content::Text(Secret::new("a=b"))),
            timeout: Duration::from_secs(10),
        };
        let response = done("send", ground.here.http().send(request).await)?;
        let mut echo: Value = done("read", serde_json::from_slice(&response.body))?;
        Ok(echo["headers"].take())
    }

    fn rule<P>(ground: &Ground<P>, path: &str, user_agent: Option<&'static str>) -> HeaderRule {
        HeaderRule { url_prefix: format!("{}{path}", ground.server), drop_origin: true, user_agent }
    }

    pub(in super::super) async fn they_change_the_headers_of_our_requests<P: Platform>(ground: &Ground<P>) -> Check {
        done("clear", ground.here.rules().set(&[]).await)?;
        let plain = arriving(ground, "/echo?token").await?;
        ensure(plain["origin"].as_str().is_some_and(|from| from.starts_with("chrome-extension://")), "no origin")?;
        done("set", ground.here.rules().set(&[rule(ground, "/echo?token", Some("own-agent"))]).await)?;
        let changed = arriving(ground, "/echo?token").await?;
        same("the origin", &changed["origin"], &Value::Null)?;
        same("the user agent", changed["user-agent"].as_str(), Some("own-agent"))?;
        let elsewhere = arriving(ground, "/echo?other").await?;
        same("another address", &elsewhere["origin"], &plain["origin"])?;
        done("clear", ground.here.rules().set(&[]).await)?;
        same("without rules", &arriving(ground, "/echo?token").await?, &plain)
    }

    pub(in super::super) async fn the_last_setting_holds<P: Platform>(ground: &Ground<P>) -> Check {
        for path in ["/echo?a", "/echo?b"] {
            done("set", ground.there.rules().set(&[rule(ground, path, None), rule(ground, "/echo?c", None)]).await)?;
        }
        for (path, dropped) in [("/echo?a", false), ("/echo?b", true), ("/echo?c", true)] {
            same(path, arriving(ground, path).await?["origin"].is_null(), dropped)?;
        }
        done("clear", ground.here.rules().set(&[]).await)
    }
}
