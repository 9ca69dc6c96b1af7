using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Oracle.Danish;

/// <summary>The rules for Unilogin, held against a second reading of them.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DanishRulesTests
{
    [Property(MaxTest = 400)]
    public void Schools_of_every_kind_come_to_the_same_by_two_ways(int seed, bool externs, bool acceptUnmarked, bool more, byte margin, bool version6)
    {
        var settings = new EligibilitySettings
        {
            IncludeExtern = externs,
            AcceptUnmarkedProtection = acceptUnmarked,
            GroupTypes = more ? ["Team", "Nyt"] : [],
            ContactRelations = more ? ["Andet"] : [],
            DateMarginDays = margin % 30,
        };
        var schools = new RandomDanishTown(seed).Make();
        var expected = new DanishExpectation(schools, settings, Night.Today);

        if (expected.IsHeld)
        {
            Assert.Throws<RunHeldException>(() => Outcome(schools, settings, version6));
            return;
        }

        Assert.Equal(
            expected.Lines().Order(StringComparer.Ordinal), Outcome(schools, settings, version6).Lines().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_whole_municipality_comes_to_the_same_by_two_ways()
    {
        var schools = new DanishWorld(seed: 3, persons: 1200, ["999001", "A99002"], schoolYear: 2026).Institutions;
        var settings = new EligibilitySettings { GroupTypes = ["SFO", "Team"] };

        Assert.Equal(
            new DanishExpectation(schools, settings, Night.Today).Lines().Order(StringComparer.Ordinal),
            Outcome(schools, settings, version6: false).Lines().Order(StringComparer.Ordinal));
    }

    private static DanishOutcome Outcome(IReadOnlyList<DanishInstitution> schools, EligibilitySettings settings, bool version6)
    {
        var format = new ExportFormat(version6 ? 6 : 7, ExportPackage.Fuld);
        var documents = schools.ToDictionary(school => school.Number.ToLowerInvariant(), school => Gzip(new ExportDocument(school, format).Answer()));
        var manifest = new SnapshotManifest
        {
            Tenant = "t",
            Run = "r",
            Source = "unilogin",
            Started = default,
            Finished = default,
            Extension = "xml.gz",
            Sha256 = "",
            Collections = new(documents.ToDictionary(
                document => document.Key, document => new CollectionManifest(1, 1, 0, 0, [Page(document.Value)])), StringComparer.Ordinal),
        };
        var snapshot = new Snapshot(manifest, (name, _) => Task.FromResult<Stream?>(new MemoryStream(documents[name.Split('/')[2]])));
        var data = UniloginReader.ReadAsync(snapshot, new ReadOptions(), CancellationToken.None).GetAwaiter().GetResult();
        var decisions = Decide.On(data, UniloginRules.Book, settings, Night.Today);
        return new DanishOutcome(decisions, RosterBuilder.Build(decisions));
    }

    private static PageManifest Page(byte[] gzipped) =>
        new(0, 1, 0, "", gzipped.Length, Convert.ToHexStringLower(SHA256.HashData(gzipped)));

    private static byte[] Gzip(byte[] document)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(document);
        }

        return bytes.ToArray();
    }
}
