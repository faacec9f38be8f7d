/**
 * What a server tells those who watch over it: meters, health, the form of log lines. It reads the platform database,
 * so that runs of other processes are seen too, and listens to nothing that could slow a run down. Nobody depends on
 * it.
 */
@NullMarked
package dev.concord.telemetry;

import org.jspecify.annotations.NullMarked;
