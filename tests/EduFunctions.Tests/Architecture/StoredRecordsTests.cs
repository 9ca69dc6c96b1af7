using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Architecture;

/// <summary>A stored record that is cut or damaged is named with what to do, which is done in one place; whoever reads JSON elsewhere reads none of the storage.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class StoredRecordsTests
{
    /// <summary>Where JSON is read that is no record of the storage, or is a part of one that has a form of its own.</summary>
    private static readonly string[] Others =
    [
        "Storage/StoredJson.cs", "Storage/StateJson.cs", "Storage/TableFile.cs", "Sealing/SealChain.cs", "Languages/LanguageFile.cs", "Stages/MessageText.cs",
        "Stages/StageRunner.cs", "Http/RequestBody.cs",
    ];

    [Fact]
    public void Records_are_read_in_one_place()
    {
        var found = PipelineCode.Files().Where(file => !file.Path.StartsWith("Systems/", StringComparison.Ordinal) || file.Text.Contains("BlobStorage", StringComparison.Ordinal))
            .Where(file => file.Text.Contains("JsonSerializer.Deserialize", StringComparison.Ordinal))
            .Select(file => file.Path);

        Assert.Equal(Others.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
