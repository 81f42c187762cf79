package io.fluss.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.FlussException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeSecretsTest {

  private final LakeSecrets secrets =
      LakeSecrets.of(
          Map.of(
              "s3.secret-access-key", "abcdef", "warehouse", "s3://bucket", "x.password", "abc"));

  @Test
  void valuesOfSecretOptionsAreHidden() {
    assertThat(secrets.hide("no abcdef for s3://bucket")).isEqualTo("no ****** for s3://bucket");
  }

  @Test
  void headersOfRequestsAreHiddenAndNeverStoredWithATable() {
    // Given
    LakeSecrets ofRest =
        LakeSecrets.of(
            Map.of(
                "header.Authorization", "Bearer abcdef",
                "header.X-Let-Me-In", "opensesame",
                "rest.Authorization", "Basic ghijkl"));

    // Then
    assertThat(ofRest.hide("refused: Bearer abcdef, opensesame, Basic ghijkl"))
        .isEqualTo("refused: ******, ******, ******");
    assertThat(List.of("header.Authorization", "header.x", "rest.token", "x.authorization"))
        .allMatch(LakeSecrets::isOfCatalog);
    assertThat(List.of("write.target-file-size-bytes", "file.format", "header-rows"))
        .noneMatch(LakeSecrets::isOfCatalog);
  }

  @Test
  void secretsWithinAddressesAreHidden() {
    assertThat(secrets.hide("jdbc:mysql://me:pw@host/db?user=me&password=pw&a=b"))
        .isEqualTo("jdbc:mysql://******@host/db?user=me&password=******&a=b");
  }

  @Test
  void aFailureWithoutSecretsIsItself() {
    // Given
    RuntimeException failure = new FlussException("no", new IllegalStateException("s3://bucket"));

    // Then
    assertThat(secrets.safe(failure)).isSameAs(failure);
  }

  @Test
  void aFailureWhoseCauseHoldsASecretLosesItAndKeepsItsKind() {
    // Given
    RuntimeException failure =
        new LakeCommitUnknownException("not known", new IllegalStateException("key abcdef"));

    // When
    RuntimeException safe = secrets.safe(failure);

    // Then
    assertThat(safe)
        .isInstanceOf(LakeCommitUnknownException.class)
        .hasNoCause()
        .hasMessage("not known Caused by IllegalStateException: key ******");
    assertThat(secrets.safe(LakeConflictException.of("t", LakeOffsets.NONE, LakeOffsets.NONE)))
        .isInstanceOf(LakeConflictException.class);
  }
}
