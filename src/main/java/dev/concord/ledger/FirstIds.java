package dev.concord.ledger;

import dev.concord.mapping.Situation;
import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ids by situation as the bytes of a part beside the entries. */
final class FirstIds {

    private FirstIds() {}

    static byte[] toBytes(Map<Situation, List<String>> ids) {
        return Json.write(ids).getBytes(StandardCharsets.UTF_8);
    }

    /** Adds what a part holds, up to so many ids of a situation. */
    static void addTo(Map<Situation, List<String>> ids, byte[] part, int most) {
        Json.readObject(new String(part, StandardCharsets.UTF_8)).forEach((name, some) -> {
            List<String> known = ids.computeIfAbsent(Situation.valueOf(name), s -> new ArrayList<>());
            if (some instanceof List<?> list) {
                list.stream().limit(most - known.size()).map(String::valueOf).forEach(known::add);
            }
        });
    }
}
