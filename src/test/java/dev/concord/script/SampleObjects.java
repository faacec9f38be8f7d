package dev.concord.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A few objects in memory behind {@code openidm.*}. Not safe for several threads. */
class SampleObjects implements Objects {

    final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();

    @Override
    public Map<String, Object> read(String path) {
        calls.add("read " + path);
        return objects.get(path);
    }

    @Override
    public Found query(String objectSet, Map<String, Object> parameters) {
        calls.add("query " + objectSet + " " + parameters);
        return new Found(
                objects.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(objectSet + "/"))
                        .map(Map.Entry::getValue)
                        .toList(),
                null);
    }

    @Override
    public Map<String, Object> create(String objectSet, String id, Map<String, Object> content) {
        calls.add("create " + objectSet + " " + id);
        String key = id == null ? "generated" : id;
        return put(objectSet + "/" + key, key, content);
    }

    @Override
    public Map<String, Object> update(String path, String revision, Map<String, Object> content) {
        calls.add("update " + path + " " + revision);
        if (!objects.containsKey(path)) {
            throw new IllegalArgumentException("There is no secret-name object.");
        }
        return put(path, path.substring(path.lastIndexOf('/') + 1), content);
    }

    @Override
    public Map<String, Object> delete(String path, String revision) {
        calls.add("delete " + path + " " + revision);
        return objects.remove(path);
    }

    Map<String, Object> put(String path, String id, Map<String, Object> content) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("_id", id);
        object.put("_rev", "7");
        object.putAll(content);
        objects.put(path, object);
        return object;
    }
}
