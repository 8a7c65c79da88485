//! JQL from outside, the way the simulator uses it.

mod atlassian;
