//! What of a form belongs to one person, and what is shared by all who connect in that way.

use super::{ConnectForm, FormProblem};
use crate::oauth::address::Address;
use crate::secret::Secret;
use crate::sign_in::day;
use crate::sign_in::flow::ByHand;

/// The fields that belong to one person.
const PERSONAL: [&str; 3] = ["email", "token", "expires_on"];

impl ConnectForm {
    /// What is wrong with the part that is shared.
    pub fn shared_problems(&self, loopback: bool) -> Vec<FormProblem> {
        let mut problems = self.problems(loopback);
        problems.retain(|problem| !PERSONAL.contains(&problem.field));
        problems
    }

    /// The shared part.
    #[must_use]
    pub fn without_personal(self) -> Self {
        Self { email: String::new(), token: Secret::default(), expires_on: String::new(), ..self }
    }

    /// This shared part, with the other's personal one.
    #[must_use]
    pub fn with_personal(&self, of: &Self) -> Self {
        let (email, token, expires_on) = (of.email.clone(), of.token.clone(), of.expires_on.clone());
        Self { email, token, expires_on, ..self.clone() }
    }

    /// The personal fields that count here.
    pub fn personal_fields(&self) -> Vec<&'static str> {
        self.fields().into_iter().filter(|field| PERSONAL.contains(field)).collect()
    }

    /// The token that was made by hand, where this form is for one.
    pub fn by_hand(&self) -> ByHand {
        ByHand { token: Secret::new(self.token.expose().trim()), expires_at: day::read(&self.expires_on) }
    }

    /// What tells this server from others of its kind: a host or a tenant; may be empty.
    pub fn place(&self) -> String {
        let fields = self.fields();
        let typed = [
            ("broker_url", &self.broker_url),
            ("base_url", &self.base_url),
            ("site", &self.site),
            ("issuer", &self.issuer),
            ("token_endpoint", &self.token_endpoint),
        ];
        let tenant = self.tenant.trim();
        if fields.contains(&"tenant") {
            return tenant.to_owned();
        }
        let address = |text: &str| Address::parse(text).or_else(|_| Address::parse(&format!("https://{text}")));
        let hosts =
            typed.iter().filter(|(field, _)| fields.contains(field)).filter_map(|(_, text)| address(text.trim()).ok());
        hosts.map(|found| found.host().to_owned()).next().unwrap_or_default()
    }
}
