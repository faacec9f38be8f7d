package dev.concord.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do. A user can have several roles. */
public enum Role {
    /** Sees runs, situations and ids, but no values of attributes. */
    VIEWER,
    /** Sees everything, values included, and changes nothing. */
    AUDITOR,
    /** Starts, stops and continues runs, and does single actions; sees no values by that. */
    OPERATOR,
    /** Approves what a guard stopped, after having seen it. */
    APPROVER,
    /** Everything, definitions and objects included. */
    ADMIN;

    /** This role and those that come with it. */
    public Set<Role> withIncluded() {
        return switch (this) {
            case VIEWER -> EnumSet.of(VIEWER);
            case AUDITOR -> EnumSet.of(AUDITOR, VIEWER);
            case OPERATOR -> EnumSet.of(OPERATOR, VIEWER);
            case APPROVER -> EnumSet.of(APPROVER, AUDITOR, VIEWER);
            case ADMIN -> EnumSet.allOf(Role.class);
        };
    }

    /** As it is written in files and tokens: in lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as they are written. */
    public static String keys() {
        return Arrays.stream(values()).map(Role::key).collect(Collectors.joining(", "));
    }
}
