/**
 * The command line: one class for each command, and what they share to speak to people and to programs. Results go to
 * stdout, progress and messages to stderr. Only commands that need the platform database start the Spring context.
 */
@NullMarked
package dev.concord.cli;

import org.jspecify.annotations.NullMarked;
