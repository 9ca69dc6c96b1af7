using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>A small town that Learn has had from a good night of files, and further nights of others.</summary>
internal sealed class FileNights : IAsyncDisposable
{
    private static readonly string[] Kinds = ["person", "course", "membership", "observer", "secondary_role"];

    private readonly InMemoryGround _ground = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-files-");
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly SkippingTime _time = new();
    private readonly LearnServer _learn;
    private DateOnly _date = Night.Today;

    private FileNights(LearnServer learn) => _learn = learn;

    /// <summary>The files of the good night, by name.</summary>
    public Dictionary<string, string> Files { get; } = OneRosterFiles.Of(PlainTown.Make().Data);

    /// <summary>What Learn had after it.</summary>
    public IReadOnlyCollection<string> Before { get; private set; } = [];

    /// <summary>What the tenant file says of words of the sender's own.</summary>
    public JsonObject OwnWords { get; } = [];

    /// <summary>What it says of the guard.</summary>
    public JsonObject Guard { get; set; } = new() { ["minRemoved"] = 10, ["minHalved"] = 0 };

    public string Folder => _folder.FullName;

    public static async Task<FileNights> BeginAsync(Action<FileNights>? change = null)
    {
        var nights = new FileNights(await LearnServer.StartAsync());
        change?.Invoke(nights);
        var first = await nights.NextAsync(nights.Files);
        Assert.True(first.Run.State == RunState.Delivered, $"{first.Run.State}: {first.Run.StateReason}");
        nights.Before = nights.Enabled();
        Assert.True(nights.Before.Count > 80, $"{nights.Before.Count}");
        return nights;
    }

    /// <summary>A night of these files in a folder.</summary>
    public Task<NightResult> NextAsync(IReadOnlyDictionary<string, string> files)
    {
        OneRosterFiles.ToFolder(files, Folder);
        return NextAsync();
    }

    /// <summary>A night of whatever lies there.</summary>
    /// <param name="path">Below the folder.</param>
    public Task<NightResult> NextAsync(string path = "")
    {
        var source = new JsonObject { ["type"] = "oneRosterCsv", ["path"] = Path.Combine(Folder, path), ["ownWords"] = OwnWords.DeepClone() };
        var night = new Night(_ground, new JsonSchoolData()).From(source).As(_tenant).On(_date)
            .To(_learn, new JsonObject { ["observers"] = true, ["userId"] = "id" }, _time)
            .With("guard", Guard.DeepClone());
        _date = _date.AddDays(1);
        _time.Skip(TimeSpan.FromDays(1));
        return night.RunAsync();
    }

    public IReadOnlyCollection<string> Enabled() => [.. Kinds.SelectMany(kind => _learn.State.Enabled(kind).Select(key => $"{kind} {key}")).Order(StringComparer.Ordinal)];

    public bool Has(string label) => _learn.State.Find("person", Ids.Of(label)) is { IsEnabled: true };

    public string Role(string label) => _learn.State.Find("person", Ids.Of(label))!["institution_role"];

    /// <summary>The files with another value in a column of every row that has a text.</summary>
    public Dictionary<string, string> With(string file, string row, string column, string value) => With(Files, file, row, column, value);

    /// <inheritdoc cref="With(string, string, string, string)"/>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> files, string file, string row, string column, string value)
    {
        var lines = files[file].Split('\n');
        var at = Array.IndexOf(lines[0].Split(','), column);
        for (var line = 1; line < lines.Length; line++)
        {
            if (lines[line].Contains(row, StringComparison.Ordinal))
            {
                var fields = Fields(lines[line]);
                fields[at] = value;
                lines[line] = string.Join(',', fields.Select(field => field.Contains(',', StringComparison.Ordinal) ? $"\"{field}\"" : field));
            }
        }

        return new Dictionary<string, string>(files) { [file] = string.Join('\n', lines) };
    }

    /// <summary>The files without rows that have a text.</summary>
    public Dictionary<string, string> Without(string row, params string[] files) =>
        Files.ToDictionary(file => file.Key, file => !files.Contains(file.Key)
            ? file.Value
            : string.Join('\n', file.Value.Split('\n').Where(line => !line.Contains(row, StringComparison.Ordinal))));

    public async ValueTask DisposeAsync()
    {
        await _learn.DisposeAsync();
        _ground.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Lists of ids alone are in quotes.</summary>
    private static List<string> Fields(string line)
    {
        var parts = line.Split('"');
        return [.. string.Concat(parts.Select((part, at) => at % 2 == 0 ? part : part.Replace(',', '\u0001'))).Split(',').Select(field => field.Replace('\u0001', ','))];
    }
}
