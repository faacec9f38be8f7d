/**
 * Who may knock at the doors, and for what. Callers say who they are with PingIDM's header pair, HTTP Basic or a bearer
 * token; each operation names the role that it takes, and one that names none is closed to everybody.
 */
@NullMarked
package dev.concord.api.access;

import org.jspecify.annotations.NullMarked;
