/**
 * The query filter language: read from text, evaluated in memory, and generalised to a shape with values so that many
 * filters of one shape can be asked at once. Translation into the language of a store is the store adapter's business.
 */
@NullMarked
package dev.concord.filter;

import org.jspecify.annotations.NullMarked;
