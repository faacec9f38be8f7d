package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.PlatformObjectSetContract;
import dev.concord.testing.Databases;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every object set does, tried on files. */
abstract class FileContract extends PlatformObjectSetContract {

    @TempDir
    Path temporary;

    private FileFolder folder;

    @BeforeEach
    void openDatabase() {
        folder = FileFolder.in(temporary, database());
    }

    @AfterEach
    void closeDatabase() {
        folder.close();
    }

    /** Where changes are kept until they are published. */
    Databases database() {
        return Databases.H2;
    }

    @Override
    protected DataSource platform() {
        return folder.database().dataSource();
    }

    abstract Format format();

    abstract String text(List<AttributeDefinition> attributes, List<Resource> objects) throws Unfit;

    @Override
    protected ObjectSet create(List<AttributeDefinition> attributes, List<Resource> objects) {
        String file = UUID.randomUUID().toString();
        try {
            folder.write(file, text(attributes, objects));
        } catch (Unfit e) {
            throw new IllegalStateException(e);
        }
        folder.jdbc().update("delete from pending_file_change");
        return folder.open(format(), file, "_id", ',', "UTF-8", attributes);
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.UNIQUE));
    }
}
