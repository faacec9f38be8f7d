/**
 * What a user of Concord may count on, tried from outside: the sample company's mappings against tables that Concord
 * did not compute, the same on each database, the command line as a process, and runs whose process is killed.
 * Expectations come from {@code src/test/resources/company/expected.json}, which the generator of the sample wrote.
 */
@NullMarked
package dev.concord.acceptance;

import org.jspecify.annotations.NullMarked;
