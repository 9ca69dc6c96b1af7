using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Model;

[Trait(Level.Name, Level.Fast)]
public sealed class EntityIdTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("a", "b", "-", "7", "A", "æ", "é", "ø").ListOf().Select(string.Concat),
        Gen.Elements("999001-", "999001-H", "idap").SelectMany(start => Gen.Elements("0", "1", "-hold-matematik", "æøå", "~", " x").ListOf().Select(rest => start + string.Concat(rest))),
        Gen.Constant(0).Select(_ => Guid.NewGuid().ToString()));

    private static Arbitrary<string[]> Ids => Texts.Where(text => text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= EntityId.LongestText).ArrayOf().ToArbitrary();

    [Property(MaxTest = 300)]
    public Property Ids_are_ordered_as_their_texts_are() => Prop.ForAll(Ids, texts =>
    {
        var ids = texts.Select(Id).Order().Select(id => id.ToString());

        Assert.Equal(texts.OrderBy(text => text, Comparer<string>.Create(ByBytes)), ids);
    });

    [Property(MaxTest = 100)]
    public Property A_text_comes_back_whatever_its_length() => Prop.ForAll(Ids, texts => Assert.All(texts, text =>
    {
        Span<byte> formatted = stackalloc byte[EntityId.LongestText];
        var id = Id(text);

        Assert.Equal(text, id.ToString());
        Assert.Equal(text, Encoding.UTF8.GetString(formatted[..id.Format(formatted)]));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), id.TextLength);
        Assert.True(EntityId.TryFind(text, out var found));
        Assert.Equal(id, found);
    }));

    [Property(MaxTest = 300)]
    public void A_uuid_comes_back_in_lower_case_whatever_case_it_had(Guid uuid)
    {
        var text = uuid.ToString("D");
        if (text[19] == 'f' && text[20] >= 'e')
        {
            return;
        }

        Assert.True(EntityId.TryParse(Encoding.UTF8.GetBytes(text), out var id));
        Assert.True(EntityId.TryParse(Encoding.UTF8.GetBytes(text.ToUpperInvariant()), out var upper));
        Assert.Equal(text, id.ToString());
        Assert.Equal(id, upper);
    }

    [Fact]
    public void A_uuid_with_one_wrong_character_is_none()
    {
        const string uuid = "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41";
        for (var at = 0; at < uuid.Length; at++)
        {
            foreach (var wrong in uuid[at] == '-' ? "0a_ " : "-g/:@`G{ å")
            {
                var text = Encoding.Latin1.GetBytes(uuid);
                text[at] = (byte)wrong;
                Assert.False(EntityId.TryParse(text, out _), $"{wrong} at {at}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void What_cannot_be_an_id_is_refused(string text) => Assert.False(EntityId.TryFind(text, out _));

    [Fact]
    public void The_text_of_an_id_that_was_only_looked_for_is_not_known()
    {
        Assert.True(EntityId.TryFind($"never read {Guid.NewGuid()}", out var id));

        Assert.Throws<InvalidDataException>(() => id.ToString());
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused() => Assert.False(EntityId.TryFind(new string('a', EntityId.LongestText + 1), out _));

    [Theory]
    [InlineData("6f1c2d9e-6a55-5d0c-fe0b-3c7d5e1f2a41")]
    [InlineData("6f1c2d9e-6a55-5d0c-ff0b-3c7d5e1f2a41")]
    public void A_uuid_of_the_reserved_variant_is_none(string text)
    {
        Assert.False(EntityId.TryParse(text, out _));
        Assert.False(EntityId.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public void Many_ids_are_sorted_whatever_they_are(int count)
    {
        foreach (var make in new Func<int, string>[] { i => $"999001-{i * 7919 % count}", _ => Guid.NewGuid().ToString(), i => i % 2 == 0 ? $"u{i}" : Guid.NewGuid().ToString() })
        {
            var ids = Enumerable.Range(0, count).Select(i => Id(make(i))).ToArray();
            var expected = ids.Select(id => id.ToString()).Order(StringComparer.Ordinal);

            Assert.Equal(expected, IdSort.Order(ids).Select(at => ids[at].ToString()));
        }
    }

    [Fact]
    public void Ids_are_derived_from_texts_as_from_uuids()
    {
        var (uuid, text, longText) = (Id("6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41"), Id("idap0001"), Id("999001-hold-matematik-og-naturfag"));
        var results = new EntityId[3];
        using (var derived = new DerivedIds("roster|"u8, results))
        {
            derived.Add(0, longText, text);
            derived.Add(1, uuid, uuid);
            derived.Add(2, uuid, text);
        }

        Assert.Equal(
            [Of("roster|999001-hold-matematik-og-naturfag|idap0001"), Of($"roster|{uuid}|{uuid}"), Of($"roster|{uuid}|idap0001")],
            results);
    }

    [Fact]
    public async Task A_file_carries_the_texts_that_do_not_fit_into_its_ids()
    {
        var roster = new Roster { Vocabulary = new RosterVocabulary([], [], [], []) };
        roster.Sections.Add(new RosterSection { Id = Id("999001-hold-matematik-og-naturfag-b"), Group = Id("999001-hold-matematik-og-naturfag-c") });
        roster.Units.Add(new RosterUnit { Id = Id("institution-nummer-d") });
        roster.Persons.Add(new RosterPerson { Id = Id("bruger-med-langt-id-e") });
        roster.Protected.Add(Id("bruger-med-langt-id-f"));
        using var file = new MemoryStream();

        RosterFile.Write(roster, owner: null, file);

        var bytes = Encoding.UTF8.GetString(file.ToArray());
        Assert.Contains(
            "999001-hold-matematik-og-naturfag-b\n999001-hold-matematik-og-naturfag-c\nbruger-med-langt-id-e\nbruger-med-langt-id-f\ninstitution-nummer-d", bytes);
        file.Position = 0;
        Assert.Equal(roster.Sections[0].Id, (await RosterFile.ReadAsync(file, owner: null, CancellationToken.None)).Sections[0].Id);
    }

    private static EntityId Of(string name) => EntityId.Derive(Encoding.UTF8.GetBytes(name));

    private static EntityId Id(string text)
    {
        if (!EntityId.TryParse(text, out var id))
        {
            Assert.True(TextIds.TryAdd(Encoding.UTF8.GetBytes(text), out id));
        }

        return id;
    }

    private static int ByBytes(string? left, string? right) => Encoding.UTF8.GetBytes(left!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right!));
}
