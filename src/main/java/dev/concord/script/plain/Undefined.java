package dev.concord.script.plain;

/** JavaScript's other nothing. Null is Java's. */
enum Undefined {
    VALUE
}
