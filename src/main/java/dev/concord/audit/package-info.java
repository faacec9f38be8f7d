/**
 * Who changed what, when, from where and why: a table of the platform database that is only ever added to, each row
 * chained to the one before it by a hash. It outlives the runs that it names, and holds names, ids and numbers, but no
 * values of attributes.
 */
@NullMarked
package dev.concord.audit;

import org.jspecify.annotations.NullMarked;
