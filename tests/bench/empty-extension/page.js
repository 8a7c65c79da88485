performance.mark("first-content");
