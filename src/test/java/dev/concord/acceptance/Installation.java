package dev.concord.acceptance;

import dev.concord.testing.CompanyHome;

/** A home and the platform database that goes with it: all that is left when a process has died. */
record Installation(CompanyHome home, String url, String username, String password) {}
