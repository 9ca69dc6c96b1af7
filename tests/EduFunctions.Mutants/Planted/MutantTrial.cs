using System.Diagnostics;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EduFunctions.Tests;

/// <summary>
/// The tests' own program in the copy: class after class, so that what is met belongs to the class at work. <c>record FILE NAMES…</c> writes what each
/// fast class, and each with a part of these names, meets, how long it takes, and what fails without a mutant; <c>try CLASSES KNOWN</c> ends with 1 at
/// the first failure that is not known.
/// </summary>
internal static class MutantTrial
{
    private static readonly XunitTestFramework Framework = new(new NullMessageSink());

    public static int Main(string[] args) =>
        args is ["record", var file, .. var also] ? Record(file, also) : Try(File.ReadAllLines(args[1]), File.ReadAllLines(args[2]).ToHashSet());

    private static int Record(string file, string[] also)
    {
        var classes =
            from type in typeof(MutantTrial).Assembly.GetTypes()
            where IsFast(type) || (HasTests(type) && also.Any(type.FullName!.Contains))
            orderby type.FullName
            select Recorded(type.FullName!);
        File.WriteAllText(file, JsonSerializer.Serialize(classes.ToList()));
        return 0;
    }

    private static object Recorded(string name)
    {
        Array.Clear(MutantSwitch.Met);
        var clock = Stopwatch.StartNew();
        var failed = new List<string>();
        Run(name, failed.Add);
        return new { Name = name, Seconds = clock.Elapsed.TotalSeconds, Met = Enumerable.Range(0, MutantSwitch.Met.Length).Where(id => MutantSwitch.Met[id]).ToList(), Failed = failed };
    }

    private static int Try(string[] classes, HashSet<string> known)
    {
        foreach (var name in classes)
        {
            Run(name, test =>
            {
                if (!known.Contains(test))
                {
                    Console.WriteLine($"killed by {test}");
                    Environment.Exit(1);
                }
            });
        }

        return 0;
    }

    private static bool IsFast(Type type) => !type.IsAbstract && type.GetCustomAttributesData().Any(attribute =>
        attribute.AttributeType == typeof(TraitAttribute) && attribute.ConstructorArguments is [{ Value: "Level" }, { Value: "Fast" }]);

    private static bool HasTests(Type type) => type.GetMethods().Any(method => method.GetCustomAttributes(typeof(FactAttribute), true).Length > 0);

    private static void Run(string name, Action<string> failed)
    {
        var assembly = typeof(MutantTrial).Assembly;
        using var found = new Sink(_ => { });
        using var discoverer = Framework.GetDiscoverer(Reflector.Wrap(assembly));
        discoverer.Find(name, includeSourceInformation: false, found, new Options());
        found.Wait();

        using var ran = new Sink(failed);
        using var executor = Framework.GetExecutor(assembly.GetName());
        executor.RunTests(found.Cases, ran, new Options());
        ran.Wait();
    }

    private sealed class Sink(Action<string> failed) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        private readonly ManualResetEventSlim _done = new();

        public List<ITestCase> Cases { get; } = [];

        public void Wait() => _done.Wait();

        public void Dispose() => _done.Dispose();

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage found:
                    Cases.Add(found.TestCase);
                    break;
                case ITestFailed test:
                    failed(test.Test.DisplayName);
                    break;
                case IErrorMessage or ITestClassCleanupFailure or ITestCollectionCleanupFailure or ITestAssemblyCleanupFailure:
                    failed(message.GetType().Name);
                    break;
                case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                    _done.Set();
                    break;
            }

            return true;
        }
    }

    /// <summary>Theories stay one case each, which is quicker to find; one test after the other.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> _values = new()
        {
            ["xunit.discovery.PreEnumerateTheories"] = false,
            ["xunit.execution.DisableParallelization"] = true,
            ["xunit.execution.SynchronousMessageReporting"] = true,
        };

        public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) && value is TValue given ? given : default!;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
    }
}
