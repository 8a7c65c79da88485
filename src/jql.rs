//! JQL, the query language of Jira: knows nothing of HTTP or of any site.
