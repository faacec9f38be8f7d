package dev.concord.situation;

/** The target that a record's link points to, and whether it exists. */
public record LinkedTarget(String targetId, boolean exists) {}
