//! What the two sites consist of.

/// A site to be made.
pub(crate) struct SitePlan {
    pub(crate) cloud_id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// Distinguishes the sites' chance and their numbers.
    pub(crate) number: u64,
    pub(crate) projects: &'static [ProjectPlan],
}

/// A project to be made.
pub(crate) struct ProjectPlan {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) workflow: Workflow,
    pub(crate) issues: i64,
    pub(crate) team: &'static str,
    pub(crate) text: &'static str,
    pub(crate) labels: &'static [&'static str],
    pub(crate) versions: Versions,
}

/// How a project calls its versions. One comes out each month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    /// It has none.
    None,
    /// `6.1`, `6.2`, …
    Numbered(&'static str),
    /// `2026.11`
    Calendar,
}

/// How issues of a project go from new to done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workflow {
    /// Backlog, sprints, review, testing.
    Software,
    /// Requests of customers.
    Desk,
    /// Plain to do, doing, done.
    Business,
}

impl Workflow {
    /// Jira's name for such a project.
    pub(crate) fn project_type(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Desk => "service_desk",
            Self::Business => "business",
        }
    }
}

/// The two sites.
pub(crate) const PLANS: [SitePlan; 2] = [
    SitePlan {
        cloud_id: "3b1f5c0e-7a52-4d1c-9c55-2f60c1a7e481",
        name: "harborline",
        title: "Harborline",
        number: 1,
        projects: &HARBORLINE,
    },
    SitePlan {
        cloud_id: "b8a2d6f4-0c3e-4b77-8f19-64d1e09ab325",
        name: "harborline-labs",
        title: "Harborline Labs",
        number: 2,
        projects: &LABS,
    },
];

const HARBORLINE: [ProjectPlan; 6] = [
    ProjectPlan {
        key: "MOB",
        name: "Mobile App",
        workflow: Workflow::Software,
        issues: 390,
        team: "Mobile Crew",
        text: include_str!("material/mobile.txt"),
        labels: &["ios", "android", "ux", "accessibility", "performance", "tech-debt", "quick-win", "privacy"],
        versions: Versions::Numbered("6"),
    },
    ProjectPlan {
        key: "WEB",
        name: "Web Platform",
        workflow: Workflow::Software,
        issues: 430,
        team: "Web Experience",
        text: include_str!("material/web.txt"),
        labels: &["frontend", "backend", "ux", "seo", "performance", "tech-debt", "quick-win", "accessibility"],
        versions: Versions::Calendar,
    },
    ProjectPlan {
        key: "DATA",
        name: "Data Platform",
        workflow: Workflow::Software,
        issues: 300,
        team: "Data Insights",
        text: include_str!("material/data.txt"),
        labels: &["pipeline", "warehouse", "gdpr", "documentation", "performance", "tech-debt", "cost"],
        versions: Versions::None,
    },
    ProjectPlan {
        key: "PAY",
        name: "Payments",
        workflow: Workflow::Software,
        issues: 340,
        team: "Payments Core",
        text: include_str!("material/payments.txt"),
        labels: &["backend", "compliance", "security", "finance", "tech-debt", "audit", "quick-win"],
        versions: Versions::Numbered("3"),
    },
    ProjectPlan {
        key: "SUP",
        name: "Customer Support",
        workflow: Workflow::Desk,
        issues: 320,
        team: "Customer Care",
        text: include_str!("material/support.txt"),
        labels: &["vip", "storm", "group-travel", "goodwill", "legal", "waiting-for-partner"],
        versions: Versions::None,
    },
    ProjectPlan {
        key: "OPS",
        name: "IT Operations",
        workflow: Workflow::Business,
        issues: 220,
        team: "Site Reliability",
        text: include_str!("material/operations.txt"),
        labels: &["security", "on-call", "hardware", "audit", "onboarding", "documentation"],
        versions: Versions::None,
    },
];

const LABS: [ProjectPlan; 1] = [ProjectPlan {
    key: "LAB",
    name: "Research Lab",
    workflow: Workflow::Business,
    issues: 60,
    team: "Research",
    text: include_str!("material/research.txt"),
    labels: &["paper", "field-test", "simulation"],
    versions: Versions::None,
}];
