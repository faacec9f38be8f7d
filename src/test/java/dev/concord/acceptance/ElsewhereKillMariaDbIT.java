package dev.concord.acceptance;

import java.util.List;

/** What cannot be had soon on an embedded database, where partitions take turns to write. */
class ElsewhereKillMariaDbIT extends ElsewhereKillMariaDbChaos {

    @Override
    List<Kill> kills() {
        return List.of(ElsewhereKills.together());
    }
}
