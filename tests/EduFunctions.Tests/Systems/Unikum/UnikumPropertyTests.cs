using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>Random rosters one after the other, each delivery carried out line by line.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UnikumPropertyTests
{
    private static readonly UnikumFeed Feed = new();

    [Property(MaxTest = 300)]
    public void The_files_lead_from_any_roster_to_the_next_without_orphans_or_second_thoughts(int seed)
    {
        var random = new Random(seed);
        var settings = Settings(random);
        var receiver = Receiver(settings);
        var sketch = RosterSketch.Draw(random);
        var held = new Dictionary<string, (byte[] Content, bool IsConfirmed)>();
        for (var night = 0; night < 4; night++, sketch = sketch.Next(random))
        {
            using var files = Render(sketch, settings, held, isTotal: night == 3);
            Assert.Empty(Feed.Check(files, settings));

            // What is told once more may be gone already.
            Import(files, receiver, isStrict: night < 3);
            Note(files, held, isConfirmed: true);

            Assert.Equal(Sorted(NaiveRelations.Of(sketch)), Sorted(receiver.State.Relations));
            AssertNames(sketch, receiver.State);
            using var again = Render(sketch, settings, held);
            Assert.Empty(again.Names);
        }
    }

    /// <summary>Whether a delivery of which nobody knows had arrived must not matter.</summary>
    [Property(MaxTest = 200)]
    public void After_deliveries_that_failed_or_of_which_nobody_knows_the_next_one_sets_everything_right(int seed)
    {
        var random = new Random(seed);
        var settings = Settings(random);
        var receiver = Receiver(settings);
        var sketch = RosterSketch.Draw(random);
        var held = new Dictionary<string, (byte[] Content, bool IsConfirmed)>();
        for (var night = 0; night < 6; night++, sketch = sketch.Next(random))
        {
            using var files = Render(sketch, settings, held);
            Assert.Empty(Feed.Check(files, settings));
            var (isBegun, isThere, isConfirmed) = (night % 3 == 2) ? (true, true, true) : (random.Next(3) > 0, random.Next(2) == 0, false);
            if (isBegun)
            {
                Note(files, held, isConfirmed);
            }

            if (isBegun && isThere)
            {
                Import(files, receiver, isStrict: false);
            }

            if (isConfirmed)
            {
                Assert.Equal(Sorted(NaiveRelations.Of(sketch)), Sorted(receiver.State.Relations));
                AssertNames(sketch, receiver.State);
            }
        }
    }

    private static UnikumSettings Settings(Random random)
    {
        string[] fields = ["{subject}", "{object}", "{type}", "{operation}"];
        random.Shuffle(fields);
        return new UnikumSettings
        {
            OrganisationId = NaiveRelations.Organisation,
            GroupTypes = [NaiveRelations.ClassType, NaiveRelations.MentorType],
            Administrators = [NaiveRelations.AdministratorRole],
            SchoolForms = new Dictionary<string, string> { ["a"] = "se.grundskoleutbildning.grundskola" },
            RelationLayout = string.Join("\t,;"[random.Next(3)], fields),
            Encoding = random.Next(2) == 0 ? "UTF-8" : "ISO-8859-1",
            LineEnd = random.Next(2) == 0 ? "LF" : "CRLF",
        };
    }

    private static UnikumReceiver Receiver(UnikumSettings settings) => new(new UnikumOptions
    {
        Layout = settings.RelationLayout,
        LineEnd = settings.LineEnd == "LF" ? "\n" : "\r\n",
        Encoding = settings.FileEncoding,
    });

    private static FeedFiles Render(
        RosterSketch sketch, UnikumSettings settings, Dictionary<string, (byte[] Content, bool IsConfirmed)> held, bool isTotal = false)
    {
        using var before = new KnownFiles();
        foreach (var (name, (content, isConfirmed)) in held)
        {
            before.Create(new KnownFile(name, "run", isConfirmed)).Write(content);
        }

        var roster = Build(sketch);
        var files = new FeedFiles();
        Feed.Render(new FeedInput(roster, Feed.Choose(roster, settings, Holders.None), settings, before, Night.Today) { Tenant = "t", IsTotal = isTotal }, files);
        return files;
    }

    private static Roster Build(RosterSketch sketch)
    {
        var roster = sketch.Build();
        var number = roster.Vocabulary.SchoolTypes.Index().First(type => type.Item == "a").Index;
        foreach (ref var unit in roster.Units.Rows)
        {
            unit.SchoolTypes = SchoolTypeSet.Of((byte)number);
        }

        foreach (var teacher in roster.Teachers.Rows)
        {
            if (NaiveRelations.HasMentors(sketch.Sections[teacher.Section]) && sketch.Persons[teacher.Person].StaffUnits.Count > 0)
            {
                roster.Mentors.Add(teacher);
            }
        }

        return roster;
    }

    private static void Import(FeedFiles files, UnikumReceiver receiver, bool isStrict)
    {
        foreach (var name in files.Names)
        {
            var report = receiver.Import(name, files.Open(name));
            Assert.DoesNotContain(report.Errors, error => isStrict || !error.Contains("there is no", StringComparison.Ordinal));
            Assert.DoesNotContain(report.Warnings, warning => isStrict && warning.Contains("it is not there", StringComparison.Ordinal));
        }
    }

    /// <summary>As the receipt and the pointer to what is held would.</summary>
    private static void Note(FeedFiles files, Dictionary<string, (byte[] Content, bool IsConfirmed)> held, bool isConfirmed)
    {
        var sent = new SentFiles("run", [.. files.Names, .. files.KeptNames], files.Names.ToDictionary(name => name, _ => isConfirmed));
        foreach (var file in sent.Files.Count == 0 ? [] : Feed.Known([], sent, new UnikumSettings { OrganisationId = "" }))
        {
            using var content = new MemoryStream();
            files.Open(file.Name).CopyTo(content);
            held[file.Name] = (content.ToArray(), file.IsConfirmed);
        }
    }

    private static void AssertNames(RosterSketch sketch, UnikumState state)
    {
        foreach (var section in sketch.Sections.Where(NaiveRelations.IsClass))
        {
            Assert.Equal(section.Name, state.Find("class", NaiveRelations.Id('s', section.Id))![1]);
        }

        foreach (var person in sketch.Persons.Where(person => person.StudentUnits.Count + person.StaffUnits.Count > 0))
        {
            Assert.Equal(person.Name, state.Find("user", NaiveRelations.Id('p', person.Id))![0]);
        }
    }

    private static IEnumerable<string> Sorted(IEnumerable<UnikumRelation> relations) =>
        relations.Select(relation => relation.ToString()).Order(StringComparer.Ordinal);
}
