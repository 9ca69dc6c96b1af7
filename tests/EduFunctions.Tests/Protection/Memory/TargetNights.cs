using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>One tenant's nights, one after the other, into Apple, Learn and Unikum at once: what each holds afterwards, and what was sent to it.</summary>
internal sealed class TargetNights : IAsyncDisposable
{
    private readonly INightGround _ground;
    private readonly SkippingTime _time = new();
    private DateOnly _date = Night.Today;
    private int _postsBefore;

    private TargetNights(INightGround ground, LearnServer learn) => (_ground, Learn) = (ground, learn);

    public string Tenant { get; } = $"t{Guid.NewGuid():n}";

    public LearnServer Learn { get; }

    public UnikumReceiver Unikum { get; } = new(new UnikumOptions());

    /// <summary>The last zip that Apple got.</summary>
    public AppleZip? Apple { get; private set; }

    /// <summary>What every night from now on has in its tenant file.</summary>
    public JsonObject Overrides { get; } = [];

    public static async Task<TargetNights> StartAsync(INightGround ground) => new(ground, await LearnServer.StartAsync());

    public ValueTask DisposeAsync() => Learn.DisposeAsync();

    /// <summary>Lets days go by in which nothing happens.</summary>
    public void Skip(TimeSpan time) => _time.Skip(time);

    /// <summary>The next night, not run yet.</summary>
    public Night Next(ISchoolData school, bool acceptsShrink = true)
    {
        _date = _date.AddDays(1);
        return Again(school, acceptsShrink);
    }

    /// <summary>The same night once more.</summary>
    public Night Again(ISchoolData school, bool acceptsShrink = true)
    {
        var unikum = new JsonObject { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true };
        var night = new Night(_ground, school).As(Tenant).On(_date);
        return (acceptsShrink ? night.AcceptingShrink() : night)
            .With("feeds", new JsonArray(
                TenantJson.FeedOf("appleSchoolManager", []), TenantJson.Blackboard(Learn, new() { ["observers"] = true }), TenantJson.FeedOf("unikumRelations", unikum)))
            .With(Overrides)
            .Setting($"Secrets:{TenantJson.LearnSecret}", Learn.Integrations[0].Password)
            .Registering(services => services.AddSingleton<TimeProvider>(_time));
    }

    public Task<SentNight> NextAsync(SchoolBuilder school) => RunAsync(Next(school.Data));

    public Task<SentNight> NextAsync(ISchoolData school) => RunAsync(Next(school));

    public Task<SentNight> RunAsync(Night night) => RunAsync(night.RunAsync());

    /// <summary>Takes in what a night has brought to the targets.</summary>
    public async Task<SentNight> RunAsync(Task<NightResult> running)
    {
        var night = await running;
        var zips = night.Received.ToDictionary(file => Path.GetFileName(file.Path), file => File.ReadAllBytes(file.LocalFile));
        foreach (var (name, zip) in zips)
        {
            if (name.StartsWith("Nordhamn", StringComparison.Ordinal))
            {
                Assert.Empty(Unikum.Import(name, new MemoryStream(zip)).Errors);
            }
            else
            {
                Apple = new AppleZip(zip);
            }
        }

        var posts = Learn.Posts.Skip(_postsBefore).ToList();
        _postsBefore += posts.Count;
        return new SentNight(night, zips, posts, _ground);
    }

    /// <summary>Whom Learn was told to have in use, whether it took them or refused the row: a login that a disabled account holds is nobody else's there.</summary>
    public IReadOnlyCollection<string> ToldToLearn()
    {
        var told = new HashSet<string>();
        foreach (var post in Learn.Posts.Where(post => post.Kind == "person"))
        {
            var lines = post.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split('|')).ToList();
            var (key, status) = (Array.IndexOf(lines[0], "external_person_key"), Array.IndexOf(lines[0], "row_status"));
            foreach (var row in lines.Skip(1))
            {
                _ = status >= 0 && row[status] == "enabled" ? told.Add(row[key]) : told.Remove(row[key]);
            }
        }

        return told;
    }

    /// <summary>Whether pages of a collection are stored of so many nights.</summary>
    public async Task<bool> HasStoredAsync(string collection, int nights) => await CountStoredAsync(collection) >= nights;

    public async Task<int> CountStoredAsync(string collection)
    {
        var runs = new HashSet<string>();
        await foreach (var blob in _ground.Blobs.ListAsync("snapshots", $"{Tenant}/", CancellationToken.None))
        {
            if (blob.Name.Split('/') is [_, var run, var stored, ..] && stored == collection)
            {
                runs.Add(run);
            }
        }

        return runs.Count;
    }

    /// <summary>No target has them in use.</summary>
    public void AssertGone(params string[] labels)
    {
        foreach (var id in labels.Select(Ids.Of))
        {
            Assert.DoesNotContain(id, Learn.State.Enabled("person"));
            Assert.DoesNotContain(Learn.State.Enabled("membership").Concat(Learn.State.Enabled("associateobserver")), key => key.Contains(id, StringComparison.Ordinal));
            Assert.DoesNotContain(Unikum.State.Relations, relation => relation.Subject == id || relation.Target == id);
            Assert.DoesNotContain(id, string.Concat(Apple!.Files.Values), StringComparison.Ordinal);
        }
    }

    public void AssertThere(params string[] labels)
    {
        foreach (var id in labels.Select(Ids.Of))
        {
            Assert.Contains(id, Learn.State.Enabled("person"));
            Assert.Contains(Unikum.State.Relations, relation => relation.Subject == id);
            Assert.True(id == Ids.Of("gunhild") || string.Concat(Apple!.Files.Values).Contains(id, StringComparison.Ordinal), "Apple has no guardians, but everybody else");
        }
    }
}

/// <summary>What a night told anybody: files, posts, log lines, and what it has stored but for the answers and tables.</summary>
internal sealed record SentNight(NightResult Night, IReadOnlyDictionary<string, byte[]> Zips, IReadOnlyList<PostedFile> Posts, INightGround Ground)
{
    /// <summary>A person's values are nowhere, and ids only where a target is told to forget them.</summary>
    public async Task AssertUntoldAsync(string label, params string[] values)
    {
        var id = Ids.Of(label);
        string[] all = values.Length > 0 ? values : [$"{label}@", char.ToUpperInvariant(label[0]) + label[1..]];
        foreach (var (where, written) in await TextsAsync())
        {
            var text = Narrow(written);
            Assert.All(all, value => Assert.False(text.Contains(value, StringComparison.OrdinalIgnoreCase), $"{where} holds {value}: {Around(text, value)}"));
            Assert.False(!MayHoldIds(where) && text.Contains(id, StringComparison.OrdinalIgnoreCase), $"{where} holds {label}, {id}: {Around(text, id)}");
        }
    }

    public async Task<IReadOnlyList<(string Where, string Text)>> TextsAsync()
    {
        var texts = new List<(string, string)> { ("log", string.Join('\n', Night.LogLines)) };
        texts.AddRange(Posts.Select(post => ($"post {post}", post.Text)));
        texts.AddRange(Zips.SelectMany(zip => Unpacked(zip.Key, zip.Value)));
        foreach (var container in new[] { "runs", "rosters", "feeds", "state" })
        {
            await foreach (var blob in Ground.Blobs.ListAsync(container, $"{Night.Run.Tenant}/", CancellationToken.None))
            {
                if (blob.Name.Contains(Night.Run.Run, StringComparison.Ordinal) && !blob.Name.EndsWith(".bin", StringComparison.Ordinal))
                {
                    texts.AddRange(Unpacked($"{container} {blob.Name}", (await Ground.Blobs.ReadAsync(container, blob.Name, CancellationToken.None))!.Content));
                }
            }
        }

        return texts;
    }

    private static string Around(string text, string value)
    {
        var at = Math.Max(0, text.IndexOf(value, StringComparison.OrdinalIgnoreCase));
        return text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 80)];
    }

    /// <summary>Full-width characters as plain ones, and nothing that nobody sees.</summary>
    private static string Narrow(string text) => Ascii.IsValid(text) ? text : string.Concat(
        text.Where(c => c is not ('\u00ad' or '\u200b')).Select(c => c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c));

    // Learn's delete files and Unikum's removals, sent or stored, and what stays here to say that somebody was taken.
    public static bool MayHoldIds(string where) =>
        where.EndsWith("/delete", StringComparison.Ordinal) || where.Contains(".delete.", StringComparison.Ordinal) || where.Contains("delete-", StringComparison.Ordinal)
        || where.EndsWith(".relations", StringComparison.Ordinal) || where.Contains(".held.", StringComparison.Ordinal)
        || where.EndsWith(".gone.txt", StringComparison.Ordinal)
        || where.Contains("/feeds/", StringComparison.Ordinal);

    private static IEnumerable<(string Where, string Text)> Unpacked(string where, byte[] content)
    {
        if (!content.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            yield return (where, Encoding.UTF8.GetString(content));
            yield break;
        }

        using var zip = new ZipArchive(new MemoryStream(content));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            yield return ($"{where} {entry.FullName}", reader.ReadToEnd());
        }
    }
}
