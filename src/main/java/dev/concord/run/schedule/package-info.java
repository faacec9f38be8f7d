/**
 * When mappings run by themselves. Quartz keeps the times on the platform database, so that each fires once however
 * many servers there are; what a firing becomes is kept beside it and started from there. Runs whose process died, or
 * was told to end, are gone on with where their schedule says so. Only servers have this; commands never fire anything.
 */
@NullMarked
package dev.concord.run.schedule;

import org.jspecify.annotations.NullMarked;
