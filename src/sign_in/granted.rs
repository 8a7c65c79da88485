//! What the browser has to allow before a server can be talked to.

use crate::error::{Action, Code, Error, Result};
use crate::oauth::address;
use crate::oauth::client::Registration;
use crate::platform::{Permissions, Platform};

/// What of `origins` and `permissions` is not granted yet.
pub async fn missing<P: Platform>(
    platform: &P,
    origins: Vec<String>,
    permissions: Vec<&'static str>,
) -> Result<(Vec<String>, Vec<&'static str>)> {
    let granted = platform.permissions();
    let mut missing = (Vec::new(), Vec::new());
    for origin in origins {
        if !missing.0.contains(&origin) && !granted.granted(std::slice::from_ref(&origin), &[]).await? {
            missing.0.push(origin);
        }
    }
    for permission in permissions {
        if !granted.granted(&[], &[permission]).await? {
            missing.1.push(permission);
        }
    }
    Ok(missing)
}

/// Makes sure that all of it is granted. Error: `permission_needed`, with what is not.
pub async fn need<P: Platform>(platform: &P, origins: Vec<String>, permissions: Vec<&'static str>) -> Result<()> {
    let (origins, permissions) = missing(platform, origins, permissions).await?;
    let message = match (origins.is_empty(), permissions.is_empty()) {
        (true, true) => return Ok(()),
        (false, _) => {
            let hosts = origins.join(", ");
            format!("The browser has to allow access to {hosts} first. Choose “Allow” and confirm.")
        }
        (true, false) => {
            "The browser has to allow the extension to change the headers of its own requests to this server \
             first. Choose “Allow” and confirm."
                .to_owned()
        }
    };
    Err(Error::new(Code::PermissionNeeded, message).with(Action::GrantHosts { origins, permissions }))
}

/// Makes sure that every host is granted that is ever sent a token. Error: `permission_needed`.
pub async fn need_hosts<P: Platform>(platform: &P, made: &Registration) -> Result<()> {
    let hosts = [&made.token_endpoint, &made.api_root].into_iter().chain(&made.userinfo_endpoint);
    let hosts = hosts.chain(&made.revocation_endpoint);
    need(platform, hosts.filter_map(|address| address::host_pattern(address)).collect(), Vec::new()).await
}
