using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Who comes out of a pull and a memory as protected, and when what was delivered has to be searched: on paper.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RecollectionTests
{
    private const ulong Key = 4711;

    private static readonly EntityId Alva = EntityId.Parse("4e029f67-638e-514f-814b-095d3e88a048");
    private static readonly EntityId Renewed = EntityId.Parse("7b0c1df2-7f0e-5d33-a3f0-6a5f0f5c9d11");
    private static readonly ulong Civic = PersonIdentity.OfCivicNumber("20130101-9880"u8);

    private int _nights;

    [Fact]
    public void A_marked_record_without_an_id_has_one_of_the_tenants_own()
    {
        var memory = Night(new ProtectionMemory(Key, ""), Without(Civic));
        var again = Night(memory, Without(Civic));
        var elsewhere = Night(new ProtectionMemory(Key + 1, ""), Without(Civic));

        var person = Assert.Single(memory.People);
        Assert.Equal(MemoryReason.WithoutId, person.Reason);
        Assert.Equal(PersonIdentity.Keyed(Civic, Key), Assert.Single(person.Identities));
        Assert.Equal(person.Id, Assert.Single(again.People).Id);
        Assert.NotEqual(StandIns.Of(Civic), person.Id);
        Assert.NotEqual(person.Id, Assert.Single(elsewhere.People).Id);
    }

    [Fact]
    public void Known_by_an_address_alone_it_stays_until_whoever_has_the_address_is_clear_twice()
    {
        var memory = Night(new ProtectionMemory(Key, ""), Without(0, "alva@elev.example"));
        Assert.Single(memory.People);

        memory = Night(memory, With(Alva, "bo@elev.example"));
        memory = Night(memory, With(Alva, "bo@elev.example"));
        memory = Night(memory, With(Alva, "alva@elev.example"));
        Assert.Single(memory.People);
        memory = Night(memory, With(Alva, "alva@elev.example", Marking.Absent));
        memory = Night(memory, With(Alva, "alva@elev.example"));
        Assert.Single(memory.People);
        memory = Night(memory, With(Alva, "alva@elev.example"));

        Assert.Empty(memory.People);
    }

    [Fact]
    public void A_record_that_says_nothing_is_nobody() => Assert.Empty(Night(new ProtectionMemory(Key, ""), Without(0)).People);

    [Theory]
    [InlineData("Skyddad", "Identitet", true)]
    [InlineData("Identitet", "SKYDDAD", true)]
    [InlineData("", "Skyddade  personuppgifter", true)]
    [InlineData("Ｓｋｙｄｄａｄ", "identitet (Klass 7b)", true)]
    [InlineData("Navne-", "og adressebeskyttet", true)]
    [InlineData("Skye", "Identitet", false)]
    [InlineData("Alva", "Skyddad", false)]
    [InlineData("S", "", false)]
    public void A_name_that_says_so_protects_whatever_the_marking_says(string given, string family, bool isProtected)
    {
        var memory = Night(new ProtectionMemory(Key, ""), With(Alva, "", given: given, family: family));

        Assert.Equal(isProtected ? [MemoryReason.UnknownMarking] : [], memory.People.Select(person => person.Reason));
        Assert.Equal(isProtected, Night(memory, With(Alva, "")).Has(Alva));
    }

    [Fact]
    public void What_was_delivered_is_searched_again_as_soon_as_more_is_known()
    {
        var looks = new List<bool>();
        var memory = new ProtectionMemory(Key, "");
        foreach (var identity in new[] { 0UL, 0UL, Civic, Civic })
        {
            memory = Night(memory, With(Alva, "", Marking.Protected, identity), looks.Add);
        }

        Night(new ProtectionMemory(Key, ""), With(Alva, "", Marking.None, Civic), looks.Add);

        Assert.Equal([true, false, true, false, false], looks);
    }

    /// <summary>Else each would call the other back, night after night.</summary>
    [Fact]
    public void Records_of_one_human_leave_together_also_when_one_has_come_to_light_later()
    {
        var memory = Night(new ProtectionMemory(Key, ""), With(Alva, "", Marking.Protected, Civic));
        memory = Night(memory, With(Alva, "", identity: Civic));
        memory = Night(memory, Two(Marking.Protected));
        memory = Night(memory, Two(Marking.None));
        Assert.Equal([1, 1], memory.People.Select(person => person.Clears));
        memory = Night(memory, Two(Marking.None));
        Assert.Empty(memory.People);

        memory = Night(Night(memory, With(Alva, "", Marking.Protected, Civic)), Two(Marking.None));
        Assert.Equal([(1, MemoryReason.Marking), (1, MemoryReason.SharedIdentity)], memory.People.Select(person => (person.Clears, person.Reason)).Order());
        memory = Night(memory, Two(Marking.None));
        Assert.Empty(memory.People);
        Assert.Equal([1, 1], memory.TakenBack.Select(each => each.Count));

        SourceData Two(Marking marking)
        {
            var data = With(Alva, "", identity: Civic);
            data.Persons.Add(Renewed, new PersonRow { OwnMarking = marking, StrictestMarking = marking, Identity = new PersonIdentity(Civic, 0) });
            data.ProtectedIds.UnionWith(marking >= Marking.Unknown ? [Renewed] : []);
            data.Index();
            return data;
        }
    }

    [Theory]
    [InlineData(PersonalKind.CivicNumber, "SE20130101-9880", true)]
    [InlineData(PersonalKind.UserName, "alva01@id.example", false)]
    [InlineData(PersonalKind.CivicNumber, "00000000-0000", false)]
    public void A_new_record_is_known_by_the_civic_number_that_only_an_earlier_pull_says_of_the_old_one(PersonalKind kind, string earlier, bool isSame)
    {
        var memory = new ProtectionMemory(Key, "");
        memory.Set(new Remembered(Alva, Day.From(Harness.Night.Today), MemoryReason.Records));
        var data = With(Renewed, "", identity: Civic, login: PersonIdentity.OfLogin("alva01@id.example"u8));
        var recollection = Recollection.Of(data, memory, Tonight());
        Assert.Equal([Alva], recollection.Newcomers);

        data.PersonalValues.Add(new PersonalValue(Alva, kind, earlier));

        Assert.Equal(isSame, recollection.AddEarlier());
        Assert.Equal(isSame ? [Alva, Renewed] : [Alva], recollection.Newcomers.Order());
        Assert.False(recollection.AddEarlier());
        recollection.Apply();
        Assert.Equal(isSame, data.ProtectedIds.Contains(Renewed));
    }

    private ProtectionMemory Night(ProtectionMemory memory, SourceData data, Action<bool>? looks = null)
    {
        var recollection = Recollection.Of(data, memory, Tonight());
        looks?.Invoke(recollection.IsToLook);
        recollection.NoteLooked();
        recollection.Apply();
        return recollection.Remember();
    }

    private Sight Tonight() =>
        new($"night {_nights++}", Day.From(Harness.Night.Today), IsUndisturbed: true, UnprotectAfterRuns: 2, MaxUnprotected: 2, WindowDays: 14);

    private static SourceData Without(ulong identity, string email = "")
    {
        var data = new SourceData(new Vocabularies());
        StandIns.Add(data, [identity], [new PersonalValue(default, PersonalKind.Name, "", ""), new PersonalValue(default, PersonalKind.Email, email)]);
        return data;
    }

    private static SourceData With(
        EntityId id, string email, Marking marking = Marking.None, ulong identity = 0, string given = "Alva", string family = "Berglund", ulong login = 0)
    {
        var (data, texts, draft) = (new SourceData(new Vocabularies()), TextChunk.Empty(0), new PersonDraft());
        draft.Set(PersonText.GivenName, Encoding.UTF8.GetBytes(given));
        draft.Set(PersonText.FamilyName, Encoding.UTF8.GetBytes(family));
        draft.Set(PersonText.StudentEmail, Encoding.UTF8.GetBytes(email));
        data.Persons.Add(id, new PersonRow { Texts = draft.AddTo(texts), OwnMarking = marking, StrictestMarking = marking, Identity = new PersonIdentity(identity, login) });
        data.Texts.Add(texts);
        data.Index();
        if (marking >= Marking.Unknown)
        {
            data.ProtectedIds.Add(id);
        }

        return data;
    }
}
