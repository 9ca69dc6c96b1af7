using Azure;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Storage;

/// <summary>Records by which the next night goes: none counts that is not what was written, or does not say what it has to.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class StateJsonTests
{
    private static readonly LastPull Pull = new("night", new SortedDictionary<string, int> { ["activities"] = 2, ["persons"] = 40 }, ["age.young"]);

    [Fact]
    public void What_was_written_is_read()
    {
        var json = StateJson.Write(Pull);

        var read = StateJson.TryParse<LastPull>(Blob(json, StateJson.NoteOf(json)))!;

        Assert.Equal((Pull.Run, Pull.Rows["persons"], "age.young"), (read.Run, read.Rows["persons"], Assert.Single(read.Failing!)));
    }

    [Fact]
    public void No_bit_flips_unnoticed()
    {
        var json = StateJson.Write(Pull);
        var note = StateJson.NoteOf(json);
        for (var bit = 0; bit < json.Length * 8; bit++)
        {
            byte[] flipped = [.. json];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(StateJson.TryParse<LastPull>(Blob(flipped, note)));
        }
    }

    [Fact]
    public void A_record_of_the_release_before_has_no_checksum_and_is_read() =>
        Assert.Equal("night", StateJson.TryParse<LastPull>(Blob(StateJson.Write(Pull), []))!.Run);

    [Theory]
    [InlineData("""[{"name":"a.txt","isConfirmed":true}]""")]
    [InlineData("""[{"name":null,"run":"night","isConfirmed":true}]""")]
    [InlineData("""[{"name":"a.txt","run":"night"}]""")]
    [InlineData("""{"name":"a.txt"}""")]
    [InlineData("null")]
    public void A_record_that_lacks_what_it_has_to_say_is_damaged(string json)
    {
        var blob = Blob(System.Text.Encoding.UTF8.GetBytes(json), []);

        var thrown = Assert.Throws<UnreadableBlobException>(() => StateJson.Parse<IReadOnlyList<KnownFile>>("state", "t/held.json", blob, "Do this."));

        Assert.StartsWith("The blob state/t/held.json cannot be read", thrown.Message, StringComparison.Ordinal);
        Assert.EndsWith("Do this.", thrown.Message, StringComparison.Ordinal);
    }

    private static StoredBlob Blob(byte[] content, Dictionary<string, string> note) => new(content, default(ETag)) { Metadata = note };
}
