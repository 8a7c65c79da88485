//! The connect form: what a person types, checked while typing.

use crate::oauth::provider::{ProviderKind, jira_cloud, microsoft_entra};
use crate::oauth::{address, parameters, rules};
use crate::readable;
use crate::secret::Secret;
use crate::sign_in::day;
use serde::Serialize;

mod personal;
#[cfg(test)]
mod tests;

/// What to tell of a text that is no day.
pub const NO_DAY: &str = "Write the day as year, month and day: 2027-01-31. Or leave it empty.";
/// What to tell of a text that is no token.
pub const NO_TOKEN: &str = "This is no token: it has spaces or letters in it that no token has. Copy it again.";

/// What the connect form holds; an empty text means that it is not filled in.
///
/// Stored with a saved provider, so: a new field goes behind the semicolon of its `readable!`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConnectForm {
    /// Which kind of server.
    pub provider: ProviderKind,
    /// How the client proves itself.
    pub client: ClientChoice,
    /// A broker's base address.
    pub broker_url: String,
    /// The app's id.
    pub client_id: String,
    /// The app's secret.
    #[cfg_attr(test, ts(type = "string"))]
    pub client_secret: Secret,
    /// Data Center: the base address.
    pub base_url: String,
    /// Microsoft Entra: the tenant's id or domain, `common` or `organizations`.
    pub tenant: String,
    /// Other servers: the issuer, for discovery.
    pub issuer: String,
    /// Other servers: where people consent, if there is no discovery.
    pub authorization_endpoint: String,
    /// Other servers: where codes are exchanged, if there is no discovery.
    pub token_endpoint: String,
    /// Microsoft Entra and other servers: what to ask for, with spaces between.
    pub scopes: String,
    /// Microsoft Entra and other servers: further parameters of the authorization request, one `name=value` on each line.
    pub authorize_parameters: String,
    /// Microsoft Entra and other servers: further parameters of token requests, one `name=value` on each line.
    pub token_parameters: String,
    /// API token: the site's address.
    pub site: String,
    /// API token: the mail address of the person who made it.
    pub email: String,
    /// The API token or personal access token.
    #[cfg_attr(test, ts(type = "string"))]
    pub token: Secret,
    /// The day on which that token ends, as `2027-01-31`; empty: it does not, or nobody knows.
    pub expires_on: String,
    /// Demo and test builds: the simulator's address in place of Atlassian's or Microsoft's.
    pub simulator: String,
}

readable!(ConnectForm {
    provider, client;
    broker_url, client_id, client_secret, base_url, tenant, issuer, authorization_endpoint, token_endpoint, scopes,
    authorize_parameters, token_parameters, site, email, token, expires_on, simulator
});

/// How the client proves itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ClientChoice {
    /// A team's server holds the secret.
    Broker,
    /// The company's own app: id and secret.
    OwnApp,
    /// No secret at all.
    Public,
    /// Microsoft Entra: no secret, and registered as a single-page app, whose sign-ins end after a day.
    SinglePage,
    /// The app for itself, without a person: id and secret.
    ClientCredentials,
    /// Jira Cloud: a token made by hand, for one site.
    ApiToken,
    /// Jira Data Center: a token made by hand.
    PersonalAccessToken,
}

readable!(ClientChoice: Broker "broker", OwnApp "own_app", Public "public", SinglePage "single_page",
    ClientCredentials "client_credentials", ApiToken "api_token", PersonalAccessToken "personal_access_token");

/// One thing that is wrong with the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FormProblem {
    /// The field's name.
    #[cfg_attr(test, ts(type = "keyof ConnectForm"))]
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// The ways to prove oneself that a kind of server knows, the usual one first.
pub fn choices(provider: ProviderKind) -> &'static [ClientChoice] {
    use ClientChoice as C;
    match provider {
        ProviderKind::JiraCloud => &[C::Broker, C::OwnApp, C::ApiToken],
        ProviderKind::JiraDataCenter => &[C::OwnApp, C::Public, C::Broker, C::PersonalAccessToken],
        ProviderKind::MicrosoftEntra => &[C::SinglePage, C::Public, C::OwnApp, C::ClientCredentials],
        ProviderKind::Other => &[C::Public, C::OwnApp, C::ClientCredentials],
    }
}

impl ConnectForm {
    /// The fields that count for this kind of server and client, in the order they are shown; `provider` and `client` are not
    /// among them.
    pub fn fields(&self) -> Vec<&'static str> {
        use ClientChoice as C;
        let mut fields = match self.client {
            C::Broker => vec!["broker_url"],
            C::OwnApp | C::ClientCredentials => vec!["client_id", "client_secret"],
            C::Public | C::SinglePage => vec!["client_id"],
            C::ApiToken => vec!["site", "email", "token", "expires_on"],
            C::PersonalAccessToken => vec!["base_url", "token", "expires_on"],
        };
        let asks_a_person = self.client != C::ClientCredentials;
        match self.provider {
            ProviderKind::JiraDataCenter if self.client != C::PersonalAccessToken => fields.push("base_url"),
            ProviderKind::JiraCloud | ProviderKind::JiraDataCenter => {}
            ProviderKind::MicrosoftEntra => fields.push("tenant"),
            ProviderKind::Other => {
                fields.push("issuer");
                fields.extend(asks_a_person.then_some("authorization_endpoint"));
                fields.push("token_endpoint");
            }
        }
        if !self.provider.manners().is_jira {
            fields.push("scopes");
            fields.extend(asks_a_person.then_some("authorize_parameters"));
            fields.push("token_parameters");
        }
        fields.extend((self.provider != ProviderKind::JiraDataCenter).then_some("simulator"));
        fields
    }

    /// Everything that is wrong, in the order of the fields. `loopback`: whether plain http to this machine is allowed.
    pub fn problems(&self, loopback: bool) -> Vec<FormProblem> {
        if !choices(self.provider).contains(&self.client) {
            return vec![FormProblem { field: "client", message: self.wrong_choice().to_owned() }];
        }
        let problem = |field| Some(FormProblem { field, message: self.problem(field, loopback)? });
        self.fields().into_iter().filter_map(problem).collect()
    }

    /// What is wrong with one field.
    fn problem(&self, field: &str, loopback: bool) -> Option<String> {
        let base = |text: &str, what: &str| address::read_base(text, loopback).err().map(|error| error.sentence(what));
        let endpoint = |text: &str, what: &str| address::read(text, loopback).err().map(|error| error.sentence(what));
        let missing = |text: &str, sentence: &str| text.trim().is_empty().then(|| sentence.to_owned());
        match field {
            "broker_url" => base(&self.broker_url, "broker's address"),
            "client_id" => missing(&self.client_id, "Paste the client id of the app."),
            "client_secret" => {
                let sentence = "Paste the client secret of the app. It is stored encrypted on this machine only.";
                missing(self.client_secret.expose(), sentence)
            }
            "base_url" => base(&self.base_url, "address of your Jira"),
            "tenant" if microsoft_entra::is_tenant(self.tenant.trim()) => None,
            "tenant" => Some("Type the tenant: its id, its domain, “organizations” or “common”.".to_owned()),
            "issuer" if self.uses_discovery() => base(&self.issuer, "issuer"),
            "authorization_endpoint" if !self.uses_discovery() => {
                endpoint(&self.authorization_endpoint, "authorization endpoint")
            }
            "token_endpoint" if !self.uses_discovery() => endpoint(&self.token_endpoint, "token endpoint"),
            "scopes" => self.scopes_problem(),
            "authorize_parameters" => parameters::read(&self.authorize_parameters).err(),
            "token_parameters" => parameters::read(&self.token_parameters).err(),
            "site" => base(&self.site, "address of your Jira site"),
            "email" => self.email_problem(),
            "token" => self.token_problem(),
            "expires_on" if self.expires_on.trim().is_empty() || day::read(&self.expires_on).is_some() => None,
            "expires_on" => Some(NO_DAY.to_owned()),
            "simulator" if self.simulator.trim().is_empty() => None,
            "simulator" if loopback => base(&self.simulator, "simulator's address"),
            "simulator" => Some("This build talks to the real servers only. Leave this field empty.".to_owned()),
            _ => None,
        }
    }

    /// The hosts that must be reachable, as match patterns. Hosts that the manifest grants are among them; whoever asks the
    /// browser leaves out what is granted.
    pub fn origins(&self) -> Vec<String> {
        let fields = self.fields();
        let typed = [
            ("broker_url", &self.broker_url),
            ("base_url", &self.base_url),
            ("issuer", &self.issuer),
            ("token_endpoint", &self.token_endpoint),
            ("site", &self.site),
            ("simulator", &self.simulator),
        ];
        let typed = typed.into_iter().filter(|(field, _)| fields.contains(field)).map(|(_, text)| text.as_str());
        let known: &[&str] = match self.provider {
            _ if fields.contains(&"simulator") && !self.simulator.trim().is_empty() => &[],
            ProviderKind::JiraCloud if self.client == ClientChoice::OwnApp => &[jira_cloud::AUTH_ROOT],
            ProviderKind::MicrosoftEntra => &[microsoft_entra::LOGIN_ROOT, microsoft_entra::GRAPH_ROOT],
            _ => &[],
        };
        let addresses = typed.chain(known.iter().copied()).filter_map(|text| address::read(text, true).ok());
        let mut origins = Vec::new();
        for origin in addresses.map(|found| found.host_pattern()) {
            if !origins.contains(&origin) {
                let place = origins.partition_point(|known| *known < origin);
                origins.insert(place, origin);
            }
        }
        origins
    }

    /// The permissions that are needed beside hosts, by their names in the manifest.
    pub fn permissions(&self) -> Vec<&'static str> {
        let by_hand = matches!(self.client, ClientChoice::ApiToken | ClientChoice::PersonalAccessToken);
        let confidential = self.provider == ProviderKind::MicrosoftEntra && self.client != ClientChoice::SinglePage;
        if by_hand || confidential { vec![rules::PERMISSION] } else { Vec::new() }
    }

    /// Other servers: whether the endpoints are looked up.
    pub fn uses_discovery(&self) -> bool {
        let no_page = self.authorization_endpoint.trim().is_empty() || self.client == ClientChoice::ClientCredentials;
        !self.issuer.trim().is_empty() || (no_page && self.token_endpoint.trim().is_empty())
    }

    fn wrong_choice(&self) -> &'static str {
        match (self.provider, self.client) {
            (ProviderKind::JiraCloud, ClientChoice::Public) => {
                "Jira Cloud wants a client secret from every app. Use your team's broker, or an app of your own company."
            }
            (ProviderKind::JiraCloud, ClientChoice::PersonalAccessToken) => {
                "Personal access tokens are for Data Center. Jira Cloud has API tokens instead."
            }
            (ProviderKind::JiraDataCenter, ClientChoice::ApiToken) => {
                "API tokens are for Jira Cloud. Data Center has personal access tokens instead."
            }
            (_, ClientChoice::Broker) => "A broker serves Jira only. Choose an app with a secret or a public client.",
            (ProviderKind::JiraCloud | ProviderKind::JiraDataCenter, ClientChoice::ClientCredentials) => {
                "Jira acts for people only: choose a way in which a person signs in."
            }
            _ => "This kind of server has no such way to sign in. Choose another one.",
        }
    }

    fn scopes_problem(&self) -> Option<String> {
        let mut scopes = self.scopes.split_whitespace();
        let whole = |scope: &str| scope.ends_with("/.default");
        let machine = self.provider == ProviderKind::MicrosoftEntra && self.client == ClientChoice::ClientCredentials;
        (machine && !(scopes.all(whole) && self.scopes.split_whitespace().count() <= 1)).then(|| {
            "A machine asks Microsoft Entra for one scope that ends with /.default, such as \
             https://graph.microsoft.com/.default."
                .to_owned()
        })
    }

    fn email_problem(&self) -> Option<String> {
        let email = self.email.trim();
        let fits = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && email.chars().all(|c| c.is_ascii_graphic() && c != ':');
        (!fits).then(|| "Type the mail address of the Atlassian account that made the token.".to_owned())
    }

    fn token_problem(&self) -> Option<String> {
        let token = self.token.expose().trim();
        if token.is_empty() {
            return Some("Paste the token. It is stored encrypted on this machine only.".to_owned());
        }
        // It goes into a header.
        (!token.chars().all(|c| c.is_ascii_graphic())).then(|| NO_TOKEN.to_owned())
    }
}
