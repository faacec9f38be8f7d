package dev.concord.acceptance;

import dev.concord.acceptance.People.Style;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class ElsewhereKillH2IT extends ElsewhereKillContract {

    @Override
    Place place(Path folder, Place like) {
        if (like != null) {
            copy(like.home().resolve("concord.mv.db"), folder.resolve("concord.mv.db"));
        }
        try (TestDatabase database = Databases.h2File(folder)) {
            return Place.at(folder, database);
        }
    }

    @Override
    TestDatabase away(Path folder, Style style, TestDatabase like) {
        if (like != null) {
            String path = like.url().replaceAll("^jdbc:h2:file:|;.*$", "");
            copy(Path.of(path + ".mv.db"), folder.resolve("away.mv.db"));
        }
        TestDatabase database = Away.h2(folder);
        if (like == null) {
            Away.make(database, style.ids(database));
        }
        return database;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<Kill> kills() {
        List<Kill> kills = new ArrayList<>(List.of(
                new Kill(Style.WHOLE, List.of("intent:2:before")),
                new Kill(Style.WHOLE, List.of("intent:2:after")),
                new Kill(Style.WHOLE, List.of("write:2:after")),
                new Kill(Style.WHOLE, List.of("page:2:after")),
                new Kill(Style.WHOLE, List.of("write:3:after", "write:1:before", "write:2:after")),
                new Kill(Style.HOOKED, List.of("write:4:before", "fetch:2:after")),
                new Kill(Style.STORE_IDS, List.of("write:2:after"))));
        kills.add(ElsewhereKills.inTargetPhase());
        return kills;
    }
}
