/**
 * What users write down: mappings, systems, managed types and schedules as records, the readers of their files, and the
 * validation that reports every fault of every file at once. Scripts are kept as text here; nothing is run and no
 * system is opened.
 */
@NullMarked
package dev.concord.mapping;

import org.jspecify.annotations.NullMarked;
