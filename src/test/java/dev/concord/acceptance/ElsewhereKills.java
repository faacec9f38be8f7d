package dev.concord.acceptance;

import dev.concord.acceptance.ElsewhereKillContract.Kill;
import dev.concord.acceptance.People.Style;
import dev.concord.ledger.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kills in the later phases, and of several partitions at once. */
final class ElsewhereKills {

    /** Two calls do not return, so that the intents of three partitions are open when the third one is at its end. */
    private static final String HANGING =
            "target write:%s+%d:before:240000ms write:%s+%d:%s:240000ms write:%s+%d:%s:halt";

    private ElsewhereKills() {}

    /** In the target phase. */
    static Kill inTargetPhase() {
        return new Kill(Style.TARGETS, List.of("write:TARGET+2:after", "write:2:before"), Map.of(Phase.TARGET, 1));
    }

    /** While three partitions have intents open. Where they take turns to write it takes minutes until they have. */
    static Kill together() {
        return together(Phase.SOURCE, 1, "after", "after", "write:2:after");
    }

    static List<Kill> many() {
        List<Kill> kills = new ArrayList<>();
        for (String phase : List.of("TARGET", "DELETES")) {
            for (String moment : List.of("before", "after")) {
                for (String what : List.of("intent", "write", "page")) {
                    kills.add(new Kill(Style.TARGETS, List.of(what + ":" + phase + "+1:" + moment)));
                    kills.add(new Kill(Style.TARGETS, List.of(what + ":" + phase + "+2:" + moment, "write:1:after")));
                }
            }
        }
        for (String second : List.of("before", "after")) {
            for (String third : List.of("before", "after")) {
                kills.add(together(Phase.SOURCE, 1, second, third));
                kills.add(together(Phase.SOURCE, 4, second, third, "write:1:after", "write:2:before"));
                kills.add(together(Phase.TARGET, 1, second, third));
                kills.add(together(Phase.TARGET, 2, second, third, "write:2:after", "write:1:before"));
            }
        }
        return kills;
    }

    /**
     * @param call the first of the three of the phase that are under way at once. Behind the first page some partitions
     *     may be done already, so that it is fewer
     */
    private static Kill together(Phase phase, int call, String second, String third, String... then) {
        List<String> faults = new ArrayList<>();
        faults.add(HANGING.formatted(phase, call, phase, call + 1, second, phase, call + 2, third));
        faults.addAll(List.of(then));
        return new Kill(
                phase == Phase.SOURCE ? Style.TOGETHER : Style.TARGETS_TOGETHER,
                faults,
                call == 1 ? Map.of(phase, 3) : Map.of());
    }
}
