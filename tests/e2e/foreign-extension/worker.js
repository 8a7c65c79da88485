/* Nothing to do: the test runs its attempts in the page. */
