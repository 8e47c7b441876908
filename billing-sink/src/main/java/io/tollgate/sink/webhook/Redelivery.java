package io.tollgate.sink.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes a delivery due once more, whatever became of it, under the same id and for another three days. */
public final class Redelivery {
    private static final String AGAIN = "UPDATE alert_deliveries SET state = 'pending', attempts = 0,"
            + " next_attempt_at = now(), give_up_at = now() + interval '3 days', updated_at = now() WHERE id = ?";

    private final DataSource database;

    public Redelivery(DataSource database) {
        this.database = database;
    }

    /** False if there is none of this id. */
    public boolean of(String delivery) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(AGAIN)) {
            update.setString(1, delivery);
            boolean found = update.executeUpdate() > 0;
            connection.commit();
            return found;
        }
    }
}
