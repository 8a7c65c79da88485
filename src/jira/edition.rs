//! Jira Cloud and Jira Data Center: everything in which the two differ, in one place.

use crate::jira::request::Api;
use crate::json;
use crate::oauth::provider::ProviderKind;
use crate::tokens::account::Site;
use serde_json::Value;

/// Which product answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// REST version 3, through Atlassian's gateway. Texts are documents (ADF), people are account ids.
    Cloud,
    /// REST version 2, at its own address. Texts are wiki markup, people are user names.
    DataCenter,
}

impl Edition {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cloud, Self::DataCenter];

    /// The product behind a provider.
    pub fn of(provider: ProviderKind) -> Self {
        if provider == ProviderKind::JiraCloud { Self::Cloud } else { Self::DataCenter }
    }

    /// Whether this is Jira Cloud.
    pub fn is_cloud(self) -> bool {
        self == Self::Cloud
    }

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        self.either("cloud", "data_center")
    }

    /// The first for Cloud, the second for Data Center.
    pub fn either<T>(self, cloud: T, data_center: T) -> T {
        if self.is_cloud() { cloud } else { data_center }
    }

    /// Where an interface of a site begins, without a slash at the end.
    pub fn root(self, api: Api, api_root: &str, site: &Site) -> String {
        let rest = self.rest(api);
        match self {
            Self::Cloud => format!("{api_root}/ex/jira/{}{rest}", site.id),
            Self::DataCenter => format!("{api_root}{rest}"),
        }
    }

    /// The path of an interface within a site.
    pub fn rest(self, api: Api) -> &'static str {
        match api {
            Api::Platform => self.either("/rest/api/3", "/rest/api/2"),
            Api::Agile => "/rest/agile/1.0",
            Api::Site => "",
        }
    }

    /// What names a person: `accountId` (Cloud) or `name`.
    pub fn person_field(self) -> &'static str {
        self.either("accountId", "name")
    }

    /// What names a person in a query string.
    pub fn person_parameter(self) -> &'static str {
        self.either("accountId", "username")
    }

    /// What people are looked up by in a query string.
    pub fn people_query(self) -> &'static str {
        self.either("query", "username")
    }

    /// A person as the value of a field; nobody as `null`.
    pub fn person(self, id: Option<&str>) -> Value {
        json::object([(self.person_field(), id.map_or(Value::Null, Value::from))])
    }

    /// The path of a search.
    pub fn search_path(self) -> &'static str {
        self.either("/search/jql", "/search")
    }
}
