using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Architecture;

/// <summary>A room uses rooms to its left only, so no circle can be; and no connected system uses another.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RoomsTests(RoomsTests.Sources sources) : IClassFixture<RoomsTests.Sources>
{
    private PipelineCode Code => sources.Code;

    [Fact]
    public void Every_file_lies_in_a_room_of_the_map_and_every_room_has_files()
    {
        Assert.All(Code.Paths, path => Assert.True(RoomMap.Of(path) is not null, $"{path} lies in no room of src/README.md."));
        Assert.Equal(RoomMap.Rooms, RoomMap.Rooms.Where(room => Code.Paths.Any(path => RoomMap.Of(path) == room)));
        Assert.Equal(RoomMap.Last, RoomMap.Rooms[^1]);
    }

    [Fact]
    public void Every_room_looks_left_only()
    {
        Assert.Empty(Code.Unknown);
        Assert.Empty(WrongEdges(Code.Uses()));
    }

    [Theory]
    [InlineData("Model/Gossip.cs", "Model", "Feeds.CsvWriter", "Model/Gossip.cs uses CsvWriter of Feeds/CsvWriter.cs: Model may not look right to Feeds.")]
    [InlineData(
        "Systems/Unikum/Gossip.cs", "Systems.Unikum", "Systems.Blackboard.BlackboardFeed",
        "Systems/Unikum/Gossip.cs uses BlackboardFeed of Systems/Blackboard/BlackboardFeed.cs: Systems/Unikum may not know another system, Systems/Blackboard.")]
    public void A_look_the_wrong_way_is_told_with_file_type_and_rooms(string path, string room, string type, string expected)
    {
        var code = Code.With(path, $"namespace EduFunctions.Pipeline.{room};\ninternal interface IGossip {{ EduFunctions.Pipeline.{type} Told {{ get; }} }}");

        Assert.Equal([expected], WrongEdges(code.Uses(path)));
    }

    /// <summary>However it is written: what a room of the right has is seen in every place where a type can be named, or be had without being named.</summary>
    [Theory]
    [InlineData("using static EduFunctions.Pipeline.Feeds.CaseFold;", "object Told => Hash(default);")]
    [InlineData("using Told = EduFunctions.Pipeline.Feeds.CsvWriter;", "")]
    [InlineData("using Told = (int Count, EduFunctions.Pipeline.Feeds.CsvWriter Writer);", "")]
    [InlineData("using Feeds = EduFunctions.Pipeline.Feeds;", "object Told => default(Feeds.StaffKind);")]
    [InlineData("", "global::EduFunctions.Pipeline.Feeds.CsvWriter? Told { get; }")]
    [InlineData("", "object Told => nameof(Feeds.CsvWriter);")]
    [InlineData("", "object Told => typeof(Feeds.CsvWriter);")]
    [InlineData("", "object Told => new List<Feeds.CsvWriter[]>();")]
    [InlineData("", "object Told => (object)this is Feeds.CsvWriter;")]
    [InlineData("", "void Told(Feeds.SharedTexts.Reader reader) { }")]
    [InlineData("", "void Told<T>() where T : Feeds.IUserForm { }")]
    [InlineData("", "[Contracts.SafeAddress] string? Told { get; }")]
    [InlineData("using EduFunctions.Pipeline.Contracts;", "object Told(Infrastructure.Catalog<IDelivery> all, FeedSetup feed) => all.TargetOf(feed);")]
    [InlineData("", "void Told(object all) { foreach (var writer in (Feeds.CsvWriter[])all) { } }")]
    [InlineData("", "/// <summary>See <see cref=\"EduFunctions.Pipeline.Feeds.CsvWriter\"/>.</summary>\nvoid Told() { }")]
    public void A_look_the_wrong_way_is_seen_however_it_is_written(string header, string member)
    {
        const string path = "Guards/Gossip.cs";
        var code = Code.With(path, $"{header}\nnamespace EduFunctions.Pipeline.Guards;\ninternal abstract class Gossip {{ {member} }}");

        Assert.Contains(WrongEdges(code.Uses(path)), edge => edge.StartsWith($"{path} uses ", StringComparison.Ordinal) && edge.Contains("Guards may not look right to", StringComparison.Ordinal));
    }

    private static IEnumerable<string> WrongEdges(IEnumerable<TypeUse> uses) =>
        from use in uses
        let room = RoomMap.Of(use.File)
        let other = RoomMap.Of(use.DeclaredIn)
        where room is not null && other is not null && room != other
        let wrong = AreSystems(room, other) ? "know another system," : Place(other) > Place(room) ? "look right to" : null
        where wrong is not null
        let text = $"{use.File} uses {use.Type} of {use.DeclaredIn}: {room} may not {wrong} {other}."
        orderby text
        select text;

    /// <summary>Read once, and gone with the class: all of it is some hundred megabytes.</summary>
    public sealed class Sources
    {
        internal PipelineCode Code { get; } = PipelineCode.Read();
    }

    private static int Place(string room) => RoomMap.Rooms.ToList().IndexOf(room);

    private static bool AreSystems(string first, string second) =>
        first.StartsWith("Systems/", StringComparison.Ordinal) && second.StartsWith("Systems/", StringComparison.Ordinal);
}
