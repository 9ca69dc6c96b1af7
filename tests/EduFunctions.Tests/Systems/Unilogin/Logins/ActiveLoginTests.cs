using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Systems.Unilogin.Logins;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

/// <summary>That nobody asks outside a login is a matter of types, so these look at types.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class ActiveLoginTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyList<MethodInfo> Methods =
        [.. typeof(ActiveLogin).Assembly.GetTypes().SelectMany(type => type.GetMethods(All)).Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)))];

    [Fact]
    public void Nobody_can_make_a_login_but_by_its_token()
    {
        Assert.True(typeof(ActiveLogin) is { IsClass: true, IsSealed: true });
        Assert.All(typeof(ActiveLogin).GetConstructors(All), constructor => Assert.True(constructor.IsPrivate));
        Assert.Null(typeof(ActiveLogin).GetMethod("<Clone>$"));

        var maker = Assert.Single(Methods, method => method.ReturnType == typeof(ActiveLogin) || method.ReturnType == typeof(Task<ActiveLogin>));

        Assert.Equal((nameof(ActiveLogin), nameof(ActiveLogin.OfAsync)), (maker.DeclaringType!.Name, maker.Name));
    }

    [Theory]
    [InlineData(typeof(LookupCalls))]
    [InlineData(typeof(InstLookup))]
    [InlineData(typeof(BrugerLookup))]
    [InlineData(typeof(IdentifikationLookup))]
    [InlineData(typeof(LoginLookup))]
    public void Whatever_asks_demands_a_login_first(Type type)
    {
        var reachable = type.GetMethods(All).Where(method => !method.IsPrivate && !method.IsDefined(typeof(CompilerGeneratedAttribute))).ToList();

        Assert.NotEmpty(reachable);
        Assert.All(reachable, method => Assert.Equal(typeof(ActiveLogin), method.GetParameters()[0].ParameterType));
    }

    [Fact]
    public void Nothing_takes_the_id_of_the_person_who_is_asked_about() =>
        Assert.All(
            new[] { typeof(InstLookup), typeof(BrugerLookup), typeof(IdentifikationLookup) }.SelectMany(type => type.GetMethods(All)).SelectMany(method => method.GetParameters()),
            parameter => Assert.DoesNotContain("user", parameter.Name!, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_operations_stand_nowhere_else_in_the_code()
    {
        var source = Path.Combine(Repository.Root, "src", "EduFunctions.Pipeline");
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => Operation().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(source, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("EduFunctions.Simulators/", StringComparison.Ordinal));

        Assert.Equal(
            [
                "Systems/Unilogin/Logins/BrugerLookup.cs",
                "Systems/Unilogin/Logins/IdentifikationLookup.cs",
                "Systems/Unilogin/Logins/InstLookup.cs",
            ],
            files.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"hent(?!DataAftaler)")]
    private static partial Regex Operation();
}
