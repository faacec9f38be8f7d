package dev.concord.mapping;

import java.util.Map;

/**
 * In which of the two spellings a mapping is written. They differ in what happens when no rule applies, and in how
 * strict we are.
 */
enum Spelling {
    NATIVE,
    PING_IDM;

    /** The action per situation when no rule of it holds. */
    Map<Situation, Action> defaultActions() {
        return switch (this) {
            case NATIVE -> Mapping.everySituation(Action.ASYNC);
            case PING_IDM -> Mapping.engineDefaults();
        };
    }
}
