using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Tests.Protection;

/// <summary>A feed that writes what the test tells it to, whoever is protected.</summary>
internal sealed class TestFeed(Action<FeedInput, FeedFiles> render) : IFeedWithMemory
{
    public const string Name = "leaking";

    public TestFeed(string file, string content)
        : this((_, files) => files.Create(file).Write(Encoding.UTF8.GetBytes(content)))
    {
    }

    /// <summary>Why it cannot choose; null when it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>Which files of a delivery say what the target has.</summary>
    public Func<SentFiles, IReadOnlyList<KnownFile>> Remembers { get; init; } = _ => [];

    public string Type => Name;

    public Type Settings => typeof(TestFeedSettings);

    public bool TargetKeepsState(FeedSettings settings) => false;

    public IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings) => Remembers(sent);

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) => Refusal is null
        ? new(new BitArray(roster.Persons.Count), new BitArray(roster.Sections.Count), new FindingLog())
        : throw new RunHeldException(Refusal);

    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
    }

    public void Render(FeedInput input, FeedFiles files) => render(input, files);

    public IEnumerable<FeedRow> Rows(string file, Stream content) => [];

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => [];

    public Encoding Encoding { get; init; } = Encoding.UTF8;

    public Encoding EncodingOf(FeedSettings settings) => Encoding;

    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) => file.EndsWith(".delete.txt", StringComparison.Ordinal);
}

internal sealed record TestFeedSettings : FeedSettings;
