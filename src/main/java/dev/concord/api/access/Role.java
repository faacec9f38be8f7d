package dev.concord.api.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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

    /** The authority that Spring Security knows it by. */
    String authority() {
        return "ROLE_" + name();
    }
}
