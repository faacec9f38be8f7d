package dev.concord.acceptance;

import java.util.List;

class ElsewhereKillH2Chaos extends ElsewhereKillH2IT {

    @Override
    List<Kill> kills() {
        return ElsewhereKills.many();
    }
}
