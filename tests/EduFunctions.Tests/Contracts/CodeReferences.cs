using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Contracts;

/// <summary>A member by the type in which it is written down; what a compiler makes of it (lambdas, iterators) counts as itself.</summary>
internal sealed record CodeMember(Type Type, string Name);

/// <summary>Who refers to which method, read from the compiled code.</summary>
internal sealed partial class CodeReferences
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields().Select(code => (OpCode)code.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly Dictionary<CodeMember, HashSet<CodeMember>> _callers = [];

    public CodeReferences(params IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            {
                Read(method);
            }
        }
    }

    public IEnumerable<CodeMember> CallersOf(CodeMember member) => _callers.GetValueOrDefault(member) ?? [];

    public static CodeMember Of(MethodBase method)
    {
        var (type, name) = (method.DeclaringType!, Written(method.Name));
        for (; type.DeclaringType is { } outer && type.Name.Contains('<', StringComparison.Ordinal); type = outer)
        {
            name = Written(type.Name) is { Length: > 0 } inner ? inner : name;
        }

        return new CodeMember(type.IsGenericType ? type.GetGenericTypeDefinition() : type, name);
    }

    private void Read(MethodBase caller)
    {
        var code = caller.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var opCode = OpCodesByValue[code[at] == 0xFE ? BinaryPrimitives.ReadInt16BigEndian(code.AsSpan(at)) : code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineTok)
            {
                Note(caller, BitConverter.ToInt32(code, at));
            }

            at += SizeOf(opCode, code, at);
        }
    }

    private void Note(MethodBase caller, int token)
    {
        var context = caller.DeclaringType!.IsGenericType ? caller.DeclaringType.GetGenericArguments() : null;
        if (caller.Module.ResolveMember(token, context, caller.IsGenericMethod ? caller.GetGenericArguments() : null) is MethodBase { DeclaringType: not null } called)
        {
            (_callers.TryGetValue(Of(called), out var known) ? known : _callers[Of(called)] = []).Add(Of(caller));
        }
    }

    private static int SizeOf(OpCode opCode, byte[] code, int at) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static string Written(string name) => Generated().Match(name) is { Success: true } match ? match.Groups["name"].Value : name;

    [GeneratedRegex("^<(?<name>[^>]*)>")]
    private static partial Regex Generated();
}
