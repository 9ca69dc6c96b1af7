using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>What others have as well tells nobody: a name, a family's address, and what a crowd has; a record of the same human does not make it so.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SharedValuesTests
{
    private static readonly EntityId Hidden = EntityId.Parse("4e029f67-638e-514f-814b-095d3e88a048");

    [Theory]
    [InlineData(PersonText.StudentEmail, 5, true)]
    [InlineData(PersonText.StudentEmail, 6, false)]
    [InlineData(PersonText.PrincipalName, 5, true)]
    [InlineData(PersonText.PrincipalName, 6, false)]
    [InlineData(PersonText.PrivateEmail, 0, true)]
    public void A_schools_address_or_login_is_looked_for_unless_a_crowd_has_it(PersonText text, int others, bool isLookedFor)
    {
        var values = ValuesOf([.. Enumerable.Range(0, others).Select(other => Person($"Other{other}", (text, "post@skola.example")))]);

        Assert.Equal(isLookedFor, Finds(values, "post@skola.example"));
        Assert.True(Finds(values, "Alva Berglund"));
    }

    [Fact]
    public void A_namesake_makes_the_name_anybodys_and_a_second_record_does_not()
    {
        var namesake = ValuesOf(Person("Eva Alva", (PersonText.FamilyName, "Berglund")));
        var second = ValuesOf(Person("Alva", (PersonText.FamilyName, "Berglund"), (PersonText.StudentEmail, "post@skola.example")));
        var amongMany = ValuesOf(
            [.. Enumerable.Range(0, 6).Select(other => Person($"Other{other}", (PersonText.StudentEmail, "post@skola.example"))),
            Person("Alva", (PersonText.FamilyName, "Berglund"), (PersonText.StudentEmail, "post@skola.example"))]);

        Assert.False(Finds(namesake, "Alva Berglund"));
        Assert.True(Finds(second, "Alva Berglund"));
        Assert.False(Finds(amongMany, "Alva Berglund"));
    }

    [Fact]
    public void Who_is_called_after_somebody_in_one_field_is_no_namesake()
    {
        Assert.True(Finds(ValuesOf(Person("Support Alva Berglund", (PersonText.FamilyName, "7b"))), "Alva Berglund"));
        Assert.True(Finds(ValuesOf(Person("Support", (PersonText.FamilyName, "Berglund, Alva"))), "Alva Berglund"));
        Assert.False(Finds(ValuesOf(Person("Alva Berglund")), "Alva Berglund"));
    }

    /// <summary>Also in another domain: there are more who are called by three letters and a number.</summary>
    [Fact]
    public void What_somebody_else_has_before_the_at_sign_too_is_anybodys()
    {
        PersonalValue[] login = [new(Hidden, PersonalKind.UserName, "alvber01@id.example")];

        Assert.True(Finds(ValuesOf(login), "group of alvber01"));
        Assert.False(Finds(ValuesOf(login, Person("Alvar", (PersonText.StaffEmail, "alvber01@skola.example"))), "group of alvber01"));
        Assert.True(Finds(ValuesOf(login, Person("Alvar", (PersonText.StaffEmail, "alvber01@skola.example"))), "alvber01@id.example"));
    }

    [Fact]
    public void A_familys_address_is_anybodys()
    {
        Assert.False(Finds(ValuesOf(Person("Gun", (PersonText.PrivateEmail, "family@post.example"))), "family@post.example"));
        Assert.True(Finds(ValuesOf(Person("Gun", (PersonText.StaffEmail, "family@post.example"))), "family@post.example"));
    }

    private static bool Finds(ProtectedValues values, string row) => new RowScan(values).Find(Encoding.UTF8.GetBytes(row)).Count > 0;

    private static ProtectedValues ValuesOf(params PersonDraft[] others) => ValuesOf([], others);

    private static ProtectedValues ValuesOf(IReadOnlyList<PersonalValue> more, params PersonDraft[] others)
    {
        var (data, texts) = (new SourceData(new Vocabularies()), new TextChunk());
        data.ProtectedIds.Add(Hidden);
        data.PersonalValues.AddRange(
        [
            new(Hidden, PersonalKind.Name, "Alva", "Berglund"), new(Hidden, PersonalKind.Email, "post@skola.example"), new(Hidden, PersonalKind.UserName, "post@skola.example"),
            new(Hidden, PersonalKind.PrivateEmail, "family@post.example"), .. more,
        ]);
        foreach (var (number, person) in others.Index())
        {
            data.Persons.Add(EntityId.Derive([(byte)number]), new PersonRow { Texts = person.AddTo(texts) });
        }

        data.Texts.Add(texts.Take());
        data.Index();
        return ProtectedValuesBuilder.Of(data, 17);
    }

    private static PersonDraft Person(string given, params (PersonText Text, string Value)[] texts)
    {
        var draft = new PersonDraft();
        draft.Set(PersonText.GivenName, Encoding.UTF8.GetBytes(given));
        foreach (var (text, value) in texts)
        {
            draft.Set(text, Encoding.UTF8.GetBytes(value));
        }

        return draft;
    }
}
